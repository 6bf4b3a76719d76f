import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

export function HelpDialog({ open, onClose }: Props) {
  const { t } = useTranslation();
  const keys = [
    [t('help.space'), t('help.tick')],
    ['Enter', t('help.confirm')],
    ['Ctrl + Enter', t('help.seal')],
    ['F2', t('help.team')],
    ['F4', t('help.retake')],
    ['F1', t('help.helpKey')],
  ] as const;
  return (
    <Modal open={open} onCancel={onClose} title={t('help.title')} footer={null} destroyOnHidden>
      <dl className="help-keys">
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
