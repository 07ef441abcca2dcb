// Takes a seat by itself, step by step, until it sits or must leave it to people.

import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useClient } from '../data/client';
import { asProblem, UNREACHED } from '../data/problem';
import { Loading } from '../parts/States';
import { Outside } from './Outside';
import { takeByItself } from './unattended';
import { useLanguageOf } from './useLanguageOf';

const AGAIN_MS = 400;

interface Props {
  readonly token: string;
  readonly onSeated: () => void;
  readonly onByHand: () => void;
}

export function Unattended({ token, onSeated, onByHand }: Props) {
  const client = useClient();
  const [language, setLanguage] = useState<string | null>(null);
  useLanguageOf(language);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    let isFirst = true;
    const step = async () => {
      try {
        const taking = await takeByItself(client, token, isFirst);
        isFirst = false;
        if (over) return;
        setLanguage(taking.language);
        if (taking.step === 'seated') return onSeated();
        if (taking.step === 'by-hand') return onByHand();
      } catch (thrown) {
        if (over) return;
        if (asProblem(thrown).code !== UNREACHED) return onByHand();
      }
      timer = setTimeout(() => void step(), AGAIN_MS);
    };
    timer = setTimeout(() => void step());
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, token, onSeated, onByHand]);
  return (
    <Outside title={<Trans>Signing on</Trans>}>
      <Loading />
    </Outside>
  );
}
