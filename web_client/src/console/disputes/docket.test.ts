import { describe, expect, it } from 'vitest';

import type { CaseContext, DisputeView, DocketPage, EventPage, Posted201 } from '../../protocol/generated';
import { Refusal } from '../../protocol/refusal';
import { Docket, everyEvent, type DocketApi } from './docket';

const dispute = (id: string, revision = 1): DisputeView => ({ id, thread_id: `t${id}`, state: 'mediation', revision }) as DisputeView;

/** A server that holds three cases and notes what it is asked. */
class Server implements DocketApi {
  readonly said: { what: string; key: string }[] = [];
  revision = 1;
  refuses: Refusal | null = null;

  docket(_: string, before = ''): Promise<DocketPage> {
    const disputes = before === '' ? [dispute('1'), dispute('2')] : [dispute('3')];
    return Promise.resolve({ disputes, counts: { mediation: 3 }, now: 0, next: before === '' ? 'more' : '' });
  }

  dispute(id: string): Promise<DisputeView> {
    return Promise.resolve(dispute(id, this.revision));
  }

  moveDispute(seen: DisputeView, step: { act: string }, key: string): Promise<DisputeView> {
    this.said.push({ what: step.act, key });
    if (this.refuses !== null) return Promise.reject(this.refuses);
    this.revision = seen.revision + 1;
    return this.dispute(seen.id);
  }

  caseContext(): Promise<CaseContext> {
    return Promise.resolve({ threads: [] } as unknown as CaseContext);
  }

  caseEvents(_: string, __: string, after: number): Promise<EventPage> {
    const events = [1, 2, 3].filter((seq) => seq > after).slice(0, 2);
    return Promise.resolve({ events: events.map((seq) => ({ seq, kind: 'joined' })), more_after: after < 1 } as unknown as EventPage);
  }

  sayInDispute(): Promise<Posted201> {
    return Promise.resolve({} as Posted201);
  }

  evidence(): Promise<Blob> {
    return Promise.resolve(new Blob());
  }
}

async function opened(): Promise<{ server: Server; docket: Docket }> {
  const server = new Server();
  const docket = new Docket(server, 'me', () => undefined);
  await docket.list.refresh();
  docket.open('1');
  await docket.case.refresh();
  return { server, docket };
}

describe('the docket', () => {
  it('shows as many pages as were asked for', async () => {
    const { docket } = await opened();

    await docket.more();

    expect(docket.list.value.value?.disputes.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('walks from case to case and stays at the ends', async () => {
    const { docket } = await opened();

    docket.step(1);
    expect(docket.current.value).toBe('2');
    docket.step(1);
    expect(docket.current.value).toBe('2');
    docket.step(-1);
    expect(docket.current.value).toBe('1');
  });

  it('keeps what is written about a case while another one is looked at', async () => {
    const { docket } = await opened();
    docket.draft('1', 'decide').value = { remedy: { kind: 'full', amount: '' }, text: 'Because' };

    docket.step(1);
    docket.step(-1);

    expect(docket.draft('1', 'decide').value.text).toBe('Because');
    expect(docket.draft('2', 'decide').value.text).toBe('');
  });

  it('shows at once what a step has made of the case', async () => {
    const { docket } = await opened();

    expect(await docket.move({ act: 'take' })).toBe(true);

    expect(docket.dispute.value?.revision).toBe(2);
  });

  it('says the same under one key when it is tried again, and something else under another', async () => {
    const { server, docket } = await opened();
    server.refuses = new Refusal('offline');

    expect(await docket.move({ act: 'take' })).toBe(false);
    await docket.move({ act: 'take' });
    await docket.move({ act: 'propose' });

    const [first, second, third] = server.said.map(({ key }) => key);
    expect([first === second, first === third]).toEqual([true, false]);
  });
});

it('reads a conversation to its end', async () => {
  const server = new Server();

  const events = await everyEvent((after) => server.caseEvents('1', 't1', after));

  expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});
