/** What conversations need, built upon the lobby. Fetched with the first of them. */
import { locale } from '../i18n';
import { socketUrl } from '../connection/socket';
import { Api } from '../services/api';
import type { Auth } from '../services/auth';
import type { Embed } from '../services/embed';
import { Client } from '../state/client';
import type { Lobby } from '../state/lobby';
import { surroundings, type Surroundings } from '../ui/client';
import { tellOfSupport } from './telling';
import { API } from './widget';

export function inside(lobby: Lobby, auth: Auth, embed: Embed): Surroundings {
  const api = new Api(auth, API);
  tellOfSupport(lobby, embed);
  return surroundings(new Client({ api, lobby, socketUrl: socketUrl(location.href), locale: () => locale.peek() }));
}
