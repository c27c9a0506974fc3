/** What a reader can do with a review: say that it helped, or report it. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

import { formatNumber, t } from '../i18n';
import type { MessageKey } from '../i18n';
import type { PublicReview } from '../protocol/generated';
import { Later } from '../ui/Later';
import { Button } from '../ui/parts/Button';
import { FlagIcon } from '../ui/parts/icons';
import { around } from './around';
import { ThumbIcon } from './ThumbIcon';
import type { Standing } from './voting';
import type { ReportFormProps } from './ReportForm';
import './foot.css';

const loadReport = (): Promise<(props: ReportFormProps) => JSX.Element | null> => import('./ReportForm').then(({ ReportForm }) => ReportForm);

export interface FootProps {
  review: PublicReview;
  /** Not where nobody is signed in. */
  standing: Standing | undefined;
}

export function Foot({ review, standing }: FootProps): JSX.Element {
  const { frame } = around();
  const [told, setTold] = useState<MessageKey | null>(null);
  const [isReporting, setReporting] = useState(false);
  const flag = useRef<HTMLButtonElement>(null);
  const close = (outcome: MessageKey | null): void => {
    setReporting(false);
    setTold(outcome);
    flag.current?.focus({ preventScroll: true });
  };
  const report = async (): Promise<void> => {
    const isNobody = (await frame.voter()) === null;
    setTold(isNobody ? 'reader.sign_in.report' : null);
    if (isNobody) frame.askToSignIn('report');
    else setReporting((isOpen) => !isOpen);
  };
  return (
    <>
      <div class="foot-deeds">
        <Vote review={review} standing={standing} onTold={setTold} />
        {standing?.isOwn !== true && (
          <Button kind="quiet" size="s" icon={FlagIcon} innerRef={flag} onClick={() => void report()}>
            {t('reader.report')}
          </Button>
        )}
        <span class="told" role="status">
          {told !== null && t(told)}
        </span>
      </div>
      {isReporting && <Later load={loadReport} props={{ review, onClose: close }} />}
    </>
  );
}

interface VoteProps extends FootProps {
  onTold: (told: MessageKey | null) => void;
}

function Vote({ review, standing, onTold }: VoteProps): JSX.Element {
  const { frame } = around();
  const count = (review.helpful ?? 0) + (standing?.added ?? 0);
  const press = async (): Promise<void> => {
    onTold(null);
    const outcome = (await (await frame.voter())?.toggle(review.id)) ?? 'signIn';
    if (outcome === 'failed') onTold('reader.not_done');
    if (outcome !== 'signIn') return;
    onTold('reader.sign_in.vote');
    frame.askToSignIn('vote');
  };
  if (standing?.mayVote === false) {
    return <span class="helped quiet figures">{count > 0 && t('reader.helped', { count })}</span>;
  }
  return (
    <Button class="toggle" size="s" icon={ThumbIcon} aria-pressed={standing?.isVoted ?? false} onClick={() => void press()}>
      {t('reader.helpful')}
      {count > 0 && <span class="figures"> · {formatNumber(count)}</span>}
    </Button>
  );
}
