import { useStation } from './station-context.tsx';

/** Whether nothing here is real: what is printed then says so. */
export const usePractice = (): boolean => useStation(({ status }) => status?.practice === true);
