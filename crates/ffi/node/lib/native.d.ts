/** A contract of the library, closed when it is garbage. */
type Contract = object;

export function openText(name: string, text: string): Contract | string;
export function openPath(path: string): Contract | string;
export function openPathAsync(path: string): Promise<Contract | string>;
export function call(contract: Contract | null, request: string): string;
export function callAsync(contract: Contract | null, request: string): Promise<string>;
export function close(contract: Contract | null): boolean;
