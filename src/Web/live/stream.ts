import { after, parseChange, resync, type Change, type LiveState, type TabMessage } from './state';

const address = '/api/v1/events';
const name = 'slipway-events';

/**
 * The one event stream of this browser. The tab that holds the lock reads it and passes everything on to the others; when it closes, the lock
 * and with it the stream go to the next tab. Without locks (a plain-HTTP address) each tab reads for itself.
 */
export class LiveStream {
  private state: LiveState = { kind: 'off' };
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<(change: Change) => void>();
  private channel?: BroadcastChannel;
  private leads = false;
  private stop?: AbortController;

  readonly current = (): LiveState => this.state;

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly listen = (listener: (change: Change) => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    if (this.stop) {
      return;
    }
    const stop = (this.stop = new AbortController());
    if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) {
      void this.read(stop.signal);
      return;
    }
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }: MessageEvent<TabMessage>) => this.heard(data);
    this.channel.postMessage({ type: 'hello' } satisfies TabMessage);
    navigator.locks
      .request(name, { signal: stop.signal }, () => {
        this.leads = true;
        return this.read(stop.signal);
      })
      .catch(() => undefined);
  }

  close(): void {
    this.stop?.abort();
    this.stop = undefined;
    this.leads = false;
    this.channel?.close();
    this.become({ kind: 'off' });
  }

  private heard(message: TabMessage): void {
    if (message.type === 'hello' && this.leads) {
      this.tell({ type: 'state', state: this.state });
    }
    if (message.type === 'state' && !this.leads) {
      this.become(message.state);
    }
    if (message.type === 'change') {
      this.deliver(message.change);
    }
  }

  private async read(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.readOnce(signal);
      if (!signal.aborted) {
        await new Promise((resume) => setTimeout(resume, 5_000));
      }
    }
  }

  /** Until the browser gives the stream up; it reconnects by itself after an ordinary break. */
  private readOnce(signal: AbortSignal): Promise<void> {
    return new Promise((done) => {
      const source = new EventSource(address);
      signal.addEventListener('abort', () => {
        source.close();
        done();
      });
      source.onopen = () => {
        const broken = this.state.kind === 'reconnecting';
        this.lead(after(this.state, 'open', Date.now()));
        if (broken) {
          this.pass(resync);
        }
      };
      source.onerror = () => {
        this.lead(after(this.state, 'error', Date.now()));
        if (source.readyState === EventSource.CLOSED) {
          done();
        }
      };
      source.addEventListener('change', ({ data }: MessageEvent<string>) => {
        const change = parseChange(data);
        if (change) {
          this.pass(change);
        }
      });
    });
  }

  private lead(state: LiveState): void {
    this.become(state);
    this.tell({ type: 'state', state });
  }

  private pass(change: Change): void {
    this.deliver(change);
    this.tell({ type: 'change', change });
  }

  private tell(message: TabMessage): void {
    if (this.leads) {
      this.channel?.postMessage(message);
    }
  }

  private deliver(change: Change): void {
    this.listeners.forEach((listener) => listener(change));
  }

  private become(state: LiveState): void {
    this.state = state;
    this.watchers.forEach((watcher) => watcher());
  }
}

export const liveStream = new LiveStream();
