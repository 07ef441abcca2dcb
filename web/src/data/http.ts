// The node over HTTP and WebSocket, at this page's own origin and nowhere else. Addresses are relative to the page.

import type { Bytes } from '../crypto/bytes';
import { encode } from '../crypto/cbor';
import type { Channel } from './channel';
import type { NodeClient } from './client';
import { Problem, problemIn, UNREACHED } from './problem';
import type { JsonFields, Kept, MapPackView, Renderings } from './wire';

const PATIENCE_MS = 15_000;

interface Asking {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly json?: unknown;
  readonly cbor?: Bytes;
  readonly headers?: Readonly<Record<string, string>>;
}

export function httpClient(base: string, ask: typeof fetch = fetch): NodeClient {
  const api = new URL('api/v1/', base);

  async function answered(path: string, { method = 'GET', json, cbor, headers = {} }: Asking = {}): Promise<Response> {
    const type = json !== undefined ? 'application/json' : cbor ? 'application/cbor' : null;
    const body = json !== undefined ? JSON.stringify(json) : cbor;
    try {
      return await ask(new URL(path, api), {
        method,
        headers: { ...(type ? { 'Content-Type': type } : {}), ...headers },
        signal: AbortSignal.timeout(PATIENCE_MS),
        credentials: 'same-origin',
        ...(body !== undefined ? { body } : {}),
      });
    } catch {
      throw new Problem({ code: UNREACHED, reason: 'the node did not answer', rule: 'use the telephone' });
    }
  }

  async function good(path: string, asking?: Asking): Promise<Response> {
    const answer = await answered(path, asking);
    if (!answer.ok) throw problemIn(answer.status, await answer.json().catch(() => null));
    return answer;
  }

  const read = async <View>(path: string, asking?: Asking): Promise<View> =>
    (await (await good(path, asking)).json()) as View;
  const at = (reference: string): string => encodeURIComponent(reference);
  const query = (fields: Readonly<Record<string, string | null>>): string => {
    const given = Object.entries(fields).filter((one): one is [string, string] => one[1] !== null);
    return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
  };
  const version = (number: number) => ({ 'If-Match': `"${number}"` });
  const keep = <Body>(path: string, body: Body, kept: Kept<Body> | null): Promise<Kept<Body>> =>
    kept
      ? read(`${path}/${at(kept.id)}`, { method: 'PUT', json: body, headers: version(kept.version) })
      : read(path, { method: 'POST', json: body });
  const drop = async (path: string, kept: Kept<unknown>): Promise<void> =>
    void (await good(`${path}/${at(kept.id)}`, { method: 'DELETE', headers: version(kept.version) }));

  return {
    session: async () => {
      const answer = await answered('session');
      if (answer.status === 401) return null;
      if (!answer.ok) throw problemIn(answer.status, await answer.json().catch(() => null));
      return answer.json();
    },
    challenge: (position) => read('session/challenge', { method: 'POST', json: { position } }),
    signOn: (answer) => read('session', { method: 'POST', json: answer }),
    signOff: async () => void (await good('session', { method: 'DELETE' })),
    invitation: (token) => read(`invitations/by-token/${at(token)}`),
    present: (token, key) => read(`invitations/by-token/${at(token)}`, { method: 'POST', json: key }),

    officers: () => read('officers'),
    invite: (asked) => read('invitations', { method: 'POST', json: asked }),
    followInvitation: (id) => read(`invitations/${at(id)}`),
    refuseInvitation: (id) => read(`invitations/${at(id)}/refuse`, { method: 'POST' }),

    floor: () => read('floor'),
    status: () => read('status'),
    now: () => read('now'),
    feed: (desk, before) => read(`feed${query({ desk, before })}`),
    cases: (desk, before, over) => read(`cases${query({ desk, before, over: over === null ? null : String(over) })}`),
    case: (reference) => read(`cases/${at(reference)}`),
    situation: () => read('situation'),
    mapPacks: async () => (await read<{ readonly packs: readonly MapPackView[] }>('map/packs')).packs,
    checkDrawn: (drawn) => read('situation/check', { method: 'POST', json: drawn }),
    submit: (statement, content) => read('statements', { method: 'POST', cbor: encode([statement, content]) }),

    entry: (reference) => read(`entries/${at(reference)}`),
    proof: async (reference) => new Uint8Array(await (await good(`proofs/${at(reference)}`)).arrayBuffer()),
    log: (before) => read(`log${query({ cursor: before, backwards: 'true' })}`),
    search: (asked, cursor) =>
      read(
        `search${query({ ...Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, String(value)])), cursor })}`,
      ),

    phrasebook: () => read('phrasebook'),
    phrase: async (id: string, slots: JsonFields) =>
      (await read<{ readonly renderings: Renderings }>('phrases', { method: 'POST', json: { id, slots } })).renderings,
    guard: async (text, language, precedence) =>
      (await read<{ readonly flags: [] }>('guard', { method: 'POST', json: { text, language, precedence } })).flags,

    positions: () => read('positions'),
    rosterPreview: (roster) => read('rosters/preview', { method: 'POST', json: { roster } }),
    reading: (reference, language) => read(`readings/${at(reference)}${query({ language })}`),

    drafts: () => read('drafts'),
    createDraft: (draft) => read('drafts', { method: 'POST', json: draft }),
    changeDraft: (id, number, draft) =>
      read(`drafts/${at(id)}`, { method: 'PUT', json: draft, headers: version(number) }),
    deleteDraft: async (id, number) =>
      void (await good(`drafts/${at(id)}`, { method: 'DELETE', headers: version(number) })),

    watchLog: (before) => read(`private/log${query({ before: before === null ? null : String(before) })}`),
    addToLog: (entry) => read('private/log', { method: 'POST', json: entry }),
    contacts: () => read('private/contacts'),
    keepContact: (body, kept) => keep('private/contacts', body, kept),
    deleteContact: (kept) => drop('private/contacts', kept),
    orders: () => read('private/orders'),
    keepOrder: (body, kept) => keep('private/orders', body, kept),
    deleteOrder: (kept) => drop('private/orders', kept),

    makeSheet: (to) => read('sheets', { method: 'POST', json: { to } }),
    sheet: (digest) => read(`sheets/${at(digest)}`),
    continuity: async (language) =>
      new Uint8Array(await (await good(`continuity${query({ language })}`)).arrayBuffer()),

    channel: webSocketChannel(api),
  };
}

function webSocketChannel(api: URL): Channel {
  return ({ since, epoch }, heard) => {
    const address = new URL('events', api);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    if (since !== null && epoch !== null) address.search = String(new URLSearchParams({ since: String(since), epoch }));
    const socket = new WebSocket(address);
    socket.onopen = () => heard.opened();
    socket.onmessage = ({ data }) => heard.said(String(data));
    socket.onclose = ({ code }) => heard.closed(code);
    return {
      say: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      close: () => {
        socket.onclose = null;
        socket.close();
      },
    };
  };
}
