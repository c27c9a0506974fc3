/** What conversations need, built upon the lobby. Fetched with the first of them. */
import { locale } from '../i18n';
import { socketUrl } from '../connection/socket';
import { Api } from '../services/api';
import type { Auth } from '../services/auth';
import { Client } from '../state/client';
import type { Lobby } from '../state/lobby';
import { surroundings, type Surroundings } from '../ui/client';
import { API } from './widget';

export function inside(lobby: Lobby, auth: Auth): Surroundings {
  const api = new Api(auth, API);
  return surroundings(new Client({ api, lobby, socketUrl: socketUrl(location.href), locale: () => locale.peek() }));
}
