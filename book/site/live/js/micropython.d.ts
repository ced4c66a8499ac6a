// What this project uses of MicroPython's loader, which comes without types; see jsconfig.json.
interface MicroPython {
  [name: string]: any;
}
export function loadMicroPython(options: Record<string, unknown>): Promise<MicroPython>;
