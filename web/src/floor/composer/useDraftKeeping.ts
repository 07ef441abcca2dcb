// Drafts of this member's officers: kept, handed on for review, approved, marked as sent. They never leave the node.
//
// A draft that another officer changed meanwhile is not overwritten: the node refuses, and says so.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../data/client';
import { asProblem, type Problem } from '../../data/problem';
import type { DraftState, DraftView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import type { Saying } from '../../say/saying';
import { draftRequest } from './draft';

export interface DraftKeeping {
  readonly draft: DraftView | null;
  readonly problem: Problem | null;
  readonly keeping: boolean;
  /** Keep what is written; whether it was kept. */
  readonly keep: (saying: Saying, state: DraftState) => Promise<boolean>;
  readonly sent: (saying: Saying, reference: string) => Promise<void>;
  readonly drop: () => Promise<boolean>;
}

export function useDraftKeeping(first: DraftView | null): DraftKeeping {
  const client = useClient();
  const queries = useQueryClient();
  const { language } = useLanguage();
  const [draft, setDraft] = useState(first);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [keeping, setKeeping] = useState(false);

  async function attempt(change: () => Promise<DraftView | null>): Promise<boolean> {
    setKeeping(true);
    setProblem(null);
    try {
      setDraft(await change());
      void queries.invalidateQueries({ queryKey: ['drafts'] });
      return true;
    } catch (thrown) {
      setProblem(asProblem(thrown));
      return false;
    } finally {
      setKeeping(false);
    }
  }

  return {
    draft,
    problem,
    keeping,
    keep: (saying, state) =>
      attempt(() => {
        const request = draftRequest(saying, language, state);
        return draft ? client.changeDraft(draft.id, draft.version, request) : client.createDraft(request);
      }),
    sent: async (saying, reference) => {
      if (!draft) return;
      const request = { ...draftRequest(saying, language, 'sent'), reference };
      await attempt(() => client.changeDraft(draft.id, draft.version, request));
    },
    drop: () =>
      attempt(async () => {
        if (draft) await client.deleteDraft(draft.id, draft.version);
        return null;
      }),
  };
}
