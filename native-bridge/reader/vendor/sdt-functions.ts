/** An output of a function: a buffer of so many bytes, with a pointer to the number of bytes used where `sized`. */
interface SdtOutput {
  readonly bytes: number;
  readonly sized: boolean;
}

interface SdtFunction {
  readonly outputs: readonly SdtOutput[];
  /** Whether the last parameter tells the function to open and close the port itself. */
  readonly opensPort: boolean;
}

const fixed = (bytes: number): SdtOutput => ({ bytes, sized: false });
const sized = (bytes: number): SdtOutput => ({ bytes, sized: true });

const text = sized(256);
const photo = sized(1024);
const fingerprint = sized(1024);

/**
 * Functions of the makers' common library `sdtapi`: `int __stdcall SDT_…(int port, outputs…, int ifOpen)`. The outputs
 * are buffers, those of varying size followed by an `unsigned int *`.
 */
export const sdtFunctions = {
  SDT_OpenPort: { outputs: [], opensPort: false },
  SDT_ClosePort: { outputs: [], opensPort: false },
  SDT_ResetSAM: { outputs: [], opensPort: true },
  SDT_GetSAMStatus: { outputs: [], opensPort: true },
  SDT_GetSAMID: { outputs: [fixed(16)], opensPort: true },
  SDT_StartFindIDCard: { outputs: [fixed(4)], opensPort: true },
  SDT_SelectIDCard: { outputs: [fixed(8)], opensPort: true },
  SDT_ReadBaseMsg: { outputs: [text, photo], opensPort: true },
  SDT_ReadBaseFPMsg: { outputs: [text, photo, fingerprint], opensPort: true },
  SDT_ReadNewAppMsg: { outputs: [sized(70)], opensPort: true },
} as const satisfies Readonly<Record<string, SdtFunction>>;

export type SdtFunctionName = keyof typeof sdtFunctions;

export const sdtFunctionNames = Object.keys(sdtFunctions) as [SdtFunctionName, ...SdtFunctionName[]];
