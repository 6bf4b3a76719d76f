import type { ThemeConfig } from 'antd';
import { useEffect, useMemo, useState } from 'react';

const rootSize = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** The size of 1rem in pixels; antd counts in pixels and follows it. */
function useRootSize(dependsOn: unknown): number {
  const [size, setSize] = useState(rootSize);
  useEffect(() => {
    const measure = () => setSize(rootSize());
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [dependsOn]);
  return size;
}

/** antd in the colours and sizes of `variables.css`. */
export function useAntdTheme(largeText: boolean): ThemeConfig {
  const root = useRootSize(largeText);
  return useMemo(() => {
    const control = Math.round(root * 2.5);
    return {
      // Styles come with the program, as a file; they only read this theme's values, which are variables of CSS.
      zeroRuntime: true,
      hashed: false,
      token: {
        fontSize: root,
        controlHeight: control,
        borderRadius: Math.round(root / 2),
        fontFamily: 'var(--sans)',
        colorPrimary: '#1454c4',
        colorInfo: '#1454c4',
        colorSuccess: '#0b7a43',
        colorWarning: '#8a5300',
        colorError: '#b42318',
        colorText: '#14213a',
        colorTextSecondary: '#4a5870',
        colorTextTertiary: '#5d6b82',
        colorTextPlaceholder: '#5d6b82',
        colorTextDisabled: '#5d6b82',
        colorBorder: '#b4bfce',
        // The operator waits for nothing that is only decoration.
        motion: false,
      },
      // As `.plain-button` looks.
      components: { Button: { fontWeight: 600, defaultColor: '#0e418f' } },
    };
  }, [root]);
}
