// What stands in the composer when its officer leaves the terminal is kept as a draft of that officer's own: beside the draft it
// was opened from, which may be another officer's. What was not touched is not kept.

import { useEffect, useRef } from 'react';
import { useSeat } from '../../app/seat';
import { useClient } from '../../data/client';
import type { DraftView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import type { Saying } from '../../say/saying';
import { draftRequest, wasTouched } from './draft';

export function useKeptOnLeaving(saying: Saying, first: Saying, draft: DraftView | null): void {
  const client = useClient();
  const { language } = useLanguage();
  const { session, beforeLeaving } = useSeat();
  const keep = async () => {
    if (!wasTouched(saying, first)) return;
    const request = draftRequest(saying, language, 'kept');
    if (draft?.state === 'kept' && draft.author === session.position) {
      await client.changeDraft(draft.id, draft.version, request);
    } else await client.createDraft(request);
  };
  const latest = useRef(keep);
  latest.current = keep;
  useEffect(() => beforeLeaving(() => latest.current()), [beforeLeaving]);
}
