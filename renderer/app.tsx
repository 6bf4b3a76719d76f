import { App as AntdApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountState } from '../native-bridge/contract/account.ts';
import type { FirstRunStep } from '../native-bridge/contract/first-run.ts';
import 'antd/dist/antd.css';
import './theme/variables.css';
import './theme/base.css';
import { useStation } from './client/station-context.tsx';
import { usePreferences } from './preferences.ts';
import { PrintKey } from './print/print-key.tsx';
import { RecoveryScreen } from './screens/recovery/recovery-screen.tsx';
import { SignInScreen } from './screens/sign-in/sign-in-screen.tsx';
import { useDeskActivity } from './shell/desk-activity.ts';
import { Frame } from './shell/frame.tsx';
import { useAntdTheme } from './theme/antd-theme.ts';

const locales = { 'zh-CN': zhCN, en: enUS };

/** The shell writes the nonce of this page load into the page; styles made at run time carry it. */
function pageNonce(): { readonly nonce: string } | undefined {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return nonce === undefined ? undefined : { nonce };
}

const csp = pageNonce();

/** Until the station has said what it is, only that it is being reached; of one that does not open, what can be done. */
function Content() {
  const { t } = useTranslation();
  const recovery = useStation((snapshot) => snapshot.recovery);
  const account = useStation((snapshot) => snapshot.account);
  const known = useStation(({ status }) => status !== undefined);
  if (recovery !== undefined && recovery.state !== 'open') return <RecoveryScreen recovery={recovery} />;
  if (!known || account === undefined) {
    return (
      <p className="app-loading" role="status">
        {t('app.loading')}
      </p>
    );
  }
  return <Desk account={account} />;
}

const FirstRunScreen = lazy(async () => ({
  default: (await import('./screens/first-run/first-run-screen.tsx')).FirstRunScreen,
}));

const FirstRun = ({ step }: { readonly step: FirstRunStep }) => (
  <Suspense fallback={null}>
    <FirstRunScreen step={step} />
  </Suspense>
);

/** Before there is an administrator everybody, afterwards the administrator, whom a lock leaves where it was. */
const maySetUp = (account: AccountState) =>
  account.state === 'signed-in' ? account.account.role === 'administrator' : account.state !== 'new-password';

/**
 * The screens, once somebody is there. A desk that locks keeps them as they are below the lock; one that nobody is known to
 * have left begins anew.
 */
function Desk({ account }: { readonly account: AccountState }) {
  const firstRun = useStation(({ status }) => status?.firstRun);
  const isOpen = account.state === 'signed-in' || account.state === 'practice';
  const isKept = isOpen || (account.state === 'locked' && account.name !== undefined);
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen !== wasOpen && (isOpen || !isKept)) setWasOpen(isOpen);
  useDeskActivity();
  return (
    <>
      {(isOpen || (wasOpen && isKept)) && (firstRun && maySetUp(account) ? <FirstRun step={firstRun} /> : <Frame />)}
      {!isOpen && <SignInScreen key={account.state} state={account} />}
    </>
  );
}

export function App() {
  const { language, largeText } = usePreferences();
  const theme = useAntdTheme(largeText);
  return (
    <ConfigProvider
      locale={locales[language]}
      theme={theme}
      button={{ autoInsertSpace: false }}
      {...(csp !== undefined && { csp })}
    >
      <AntdApp component={false} message={{ maxCount: 2 }}>
        <Content />
        <PrintKey />
      </AntdApp>
    </ConfigProvider>
  );
}
