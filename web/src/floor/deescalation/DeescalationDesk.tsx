// The desk of de-escalation: the map with what stands, what clashes and by how much, and drawing a notice with its clashes as it is
// drawn; or the cases as at every other desk.

import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useMapPacks, useSituation } from '../../data/queries';
import { shown } from '../../data/standing';
import type { MapPackView, SituationView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { SituationMap } from '../../map/SituationMap';
import type { Volume } from '../../map/volume';
import { InStanding } from '../../parts/States';
import { maySay } from '../../say/rights';
import { WriteKeys } from '../composer/WriteKeys';
import { DeclaredDesk } from '../desk/DeclaredDesk';
import { useOpeners } from '../opening';
import { ConflictList } from './ConflictList';
import { ownersIn } from './conflicts';
import './deescalation.css';
import { mapItems, recordOf } from './items';
import { useMeetings } from './useMeetings';

const DESK = 'de-escalation';
const HOUR_MS = 3_600_000;
const NO_PACKS: readonly MapPackView[] = [];

export default function DeescalationDesk({ folded }: { readonly folded: boolean }) {
  const { t } = useLingui();
  const [view, setView] = useState<'map' | 'cases'>('map');
  return (
    <div className="deescalation">
      <fieldset className="tabs" aria-label={t`How this desk is shown`}>
        <Button className="tab" data-view="map" aria-pressed={view === 'map'} onPress={() => setView('map')}>
          <Trans>Map</Trans>
        </Button>
        <Button className="tab" data-view="cases" aria-pressed={view === 'cases'} onPress={() => setView('cases')}>
          <Trans>Cases</Trans>
        </Button>
      </fieldset>
      {view === 'cases' ? <DeclaredDesk desk={DESK} folded={folded} /> : <OnTheMap />}
    </div>
  );
}

function OnTheMap() {
  const standing = useSituation();
  return (
    <>
      <div className="deescalation__body">
        <InStanding standing={standing}>{(situation) => <Situation of={situation} />}</InStanding>
      </div>
      <WriteKeys desk={DESK} />
    </>
  );
}

function Situation({ of }: { readonly of: SituationView }) {
  const { floor, session } = useSeat();
  const { language } = useLanguage();
  const { open } = useOpeners();
  const packs = shown(useMapPacks()) ?? NO_PACKS;
  const [selected, setSelected] = useState<string | null>(null);
  const [drawing, setDrawing] = useState<number | null>(null);
  const [volumes, setVolumes] = useState<readonly Volume[]>([]);
  const items = useMemo(() => mapItems(of, floor, language), [of, floor, language]);
  const owners = useMemo(() => ownersIn(of), [of]);
  const drawn = useMemo(() => volumes.map(recordOf), [volumes]);
  const { meetings } = useMeetings('notice', '', drawn, null);
  const clashes = useMemo(() => meetings.map((one) => one.reference), [meetings]);
  const hand = useMemo(
    () =>
      drawing === null ? null : { window: { from: drawing, until: drawing + HOUR_MS }, clashes, onDraft: setVolumes },
    [drawing, clashes],
  );
  const leave = () => {
    setDrawing(null);
    setVolumes([]);
  };
  const write = () => {
    const overlaps = meetings.filter((one) => one.must_name).map((one) => one.version);
    const filled = { volumes: drawn, ...(overlaps.length > 0 ? { overlaps } : {}) };
    open({ what: 'compose', desk: DESK, kind: 'notice', draft: null, filled });
    leave();
  };
  return (
    <>
      {!of.complete && (
        <p className="note">
          <Trans>Still being read after a start: what stands may be missing here.</Trans>
        </p>
      )}
      <SituationMap items={items} packs={packs} selected={selected} onSelect={setSelected} drawing={hand} />
      <div className="deescalation__below">
        {maySay(floor, session, 'notice') && (
          <div className="inline">
            {drawing === null ? (
              <Button
                className="key key--small"
                data-draws="notice"
                onPress={() => setDrawing(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS)}
              >
                <Trans>Draw a notice</Trans>
              </Button>
            ) : (
              <>
                <Button className="key key--first" data-writes="notice" isDisabled={drawn.length === 0} onPress={write}>
                  <Trans>Write the notice</Trans>
                </Button>
                <Button className="key key--small" onPress={leave}>
                  <Trans>Leave the drawing</Trans>
                </Button>
              </>
            )}
          </div>
        )}
        <ConflictList of={of.conflicts} owners={owners} onChoose={setSelected} />
      </div>
    </>
  );
}
