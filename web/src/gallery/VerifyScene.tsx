// A proof file verified in this browser: choose one, read what it proves.

import { Trans } from '@lingui/react/macro';
import { ProofPage } from '../proof/ProofPage';

export function VerifyScene() {
  return (
    <main className="gallery">
      <h1>
        <Trans>Verify in this browser</Trans>
      </h1>
      <ProofPage />
    </main>
  );
}
