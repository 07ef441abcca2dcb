// Signing an act of the directory and handing it in; what was signed is read anew by every view of the officers.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSeat } from '../../app/seat';
import { useClient } from '../../data/client';
import { asProblem, type Problem } from '../../data/problem';
import { signStatement } from '../../record/statement';
import type { Act } from '../../say/registering';
import { type Chance, drawChance } from '../../say/saying';

export interface Signing {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** The reference of what `make` signs; null where it was refused. */
  readonly sign: (make: (chance: Chance) => Act) => Promise<string | null>;
}

export function useSigning(): Signing {
  const client = useClient();
  const queries = useQueryClient();
  const { key } = useSeat();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const sign = async (make: (chance: Chance) => Act): Promise<string | null> => {
    setBusy(true);
    setProblem(null);
    try {
      const { fields, content } = make(drawChance(Date.now()));
      const { reference } = await client.submit(await signStatement(fields, key.sign), content);
      await queries.invalidateQueries({ queryKey: ['officers'] });
      return reference;
    } catch (thrown) {
      setProblem(asProblem(thrown));
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, sign };
}
