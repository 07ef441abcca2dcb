// The frame of pages outside the floor: enrolment, signing on. Languages can be chosen here too. Nobody has signed on yet, so that
// the node's own document says whether the charter is of an exercise.

import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { ExerciseBanner } from '../floor/strip/ExerciseBanner';
import { useLanguage } from '../language/LanguageProvider';
import { FACTS, LANGUAGES } from '../language/languages';
import './outside.css';

interface Props {
  readonly title: ReactNode;
  readonly children: ReactNode;
}

export function Outside({ title, children }: Props) {
  const { language, choose } = useLanguage();
  return (
    <div className="outside">
      {'exercise' in document.documentElement.dataset && <ExerciseBanner />}
      <main className="outside__card">
        <p className="outside__name">
          <Trans>Parley</Trans>
        </p>
        <h1>{title}</h1>
        {children}
      </main>
      <nav className="outside__languages">
        {LANGUAGES.map((one) => (
          <Button
            className="key key--small"
            key={one}
            lang={one}
            aria-pressed={one === language}
            onPress={() => void choose(one)}
          >
            {FACTS[one].name}
          </Button>
        ))}
      </nav>
    </div>
  );
}
