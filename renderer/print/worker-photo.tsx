import { useTranslation } from 'react-i18next';

interface Props {
  readonly className: string;
  readonly name: string;
  readonly url: string | undefined;
}

/** The photo taken at the desk, or a frame of its size for one that is glued in. */
export function WorkerPhoto({ className, name, url }: Props) {
  const { t } = useTranslation();
  if (url === undefined) return <div className={`${className} sheet__no-photo`}>{t('print.photoHere')}</div>;
  return <img className={className} src={url} alt={t('print.photoOf', { name })} />;
}
