/** Photos that wait to be sent: how far each has come, and a way to take it out. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { UploadItem, Uploads } from '../../services/uploads';
import { RetryIcon, XIcon } from '../parts/icons';
import { refusalText } from '../refusals';
import { Photo } from '../threads/Photo';
import './tray.css';

export function Tray({ uploads }: { uploads: Uploads }): JSX.Element | null {
  const items = uploads.items.value;
  if (items.length === 0) return null;
  return (
    <ul class="tray">
      {items.map((item) => (
        <TrayItem key={item.key} item={item} uploads={uploads} />
      ))}
    </ul>
  );
}

function TrayItem({ item, uploads }: { item: UploadItem; uploads: Uploads }): JSX.Element {
  const percent = Math.round(item.share * 100);
  const isWorking = item.photo === undefined && item.refused === undefined;
  return (
    <li class={`tray-item${item.refused ? ' tray-refused' : ''}`}>
      {item.preview === '' && item.photo !== undefined ? (
        <Photo photo={item.photo} variant="thumb" alt="" />
      ) : (
        <img src={item.preview} alt="" />
      )}
      {isWorking && <progress max={100} value={percent} aria-label={t('composer.uploading', { percent })} />}
      {item.refused && (
        <button
          type="button"
          class="tray-again"
          title={refusalText({ code: item.refused, reason: '' })}
          aria-label={`${t('composer.upload_failed')}. ${t('common.retry')}`}
          onClick={() => {
            uploads.retry(item.key);
          }}
        >
          <RetryIcon size={20} />
        </button>
      )}
      <button
        type="button"
        class="tray-remove"
        aria-label={t('composer.remove_photo')}
        onClick={() => {
          uploads.remove(item.key);
        }}
      >
        <XIcon size={13} />
      </button>
    </li>
  );
}
