// What scripts/lib/bundle.mjs provides under these names.

declare module "yuanyue-module" {
  export interface ModuleOptions {
    host: unknown;
    locateFile?: (name: string) => string;
    onRuntimeInitialized?: () => void;
    onAbort?: (reason: unknown) => void;
  }
  export default function createYuanyue(options: ModuleOptions): Promise<unknown>;
}

declare module "yuanyue-wasm" {
  const url: string;
  export default url;
}

declare module "yuanyue-replica-worker" {
  const url: string;
  export default url;
}

declare module "*.wasm" {
  const url: string;
  export default url;
}

declare module "yuanyue-assets" {
  const urls: Readonly<Record<string, string>>;
  export default urls;
}

declare module "*.css";
