// What this member keeps for itself: its watch's log, contacts, standing orders. It says, always, that none of it leaves the node.

import { Trans, useLingui } from '@lingui/react/macro';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Panel } from '../composer/Panel';
import { ContactsTab } from './ContactsTab';
import { LogTab } from './LogTab';
import { OrdersTab } from './OrdersTab';
import './private.css';

export function PrivatePanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Panel title={<Trans>Private</Trans>} onClose={onClose}>
      <div className="private">
        <p className="private__mark">
          <Trans>Stays in this node: never in the record, never on a line.</Trans>
        </p>
        <Tabs>
          <TabList className="private__tabs" aria-label={t`What is private`}>
            <Tab id="log" className="private__tab">
              <Trans>Log of the watch</Trans>
            </Tab>
            <Tab id="contacts" className="private__tab">
              <Trans>Contacts</Trans>
            </Tab>
            <Tab id="orders" className="private__tab">
              <Trans>Standing orders</Trans>
            </Tab>
          </TabList>
          <TabPanel id="log" className="private__panel">
            <LogTab />
          </TabPanel>
          <TabPanel id="contacts" className="private__panel">
            <ContactsTab />
          </TabPanel>
          <TabPanel id="orders" className="private__panel">
            <OrdersTab />
          </TabPanel>
        </Tabs>
      </div>
    </Panel>
  );
}
