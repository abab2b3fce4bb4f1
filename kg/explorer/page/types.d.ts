/** What the modules of the page hand each other. For the checker alone; nothing of it is in the page. */

export interface Raw {
  title: string;
  note: string;
  kinds: [string, string, string, string, string, boolean][];
  nodes: { kind: number[]; key: string[]; name: string[]; x: number[]; y: number[]; size: number[]; group: number[]; more: More[] };
  groups: [string, number, number, number, number][];
  types: string[];
  extractors: string[];
  edges: {
    type: number[]; from: number[]; to: number[]; paper: number[]; extractor: number[]; said: number[];
    text: { [edge: string]: string }; official: number[];
  };
}

export interface More {
  [name: string]: string | number | boolean | string[] | undefined;
  abstract?: string; reading?: string; title?: string; published?: string; listed?: string; url?: string; arxiv_id?: string;
  aliases?: string[]; upvotes?: number; value?: number; value_high?: number; unit?: string; kind?: string; metric?: string;
  quote?: string; direction?: string; categories?: string[]; comment?: string; handle?: string; confidence?: number;
}

export interface Kind { label: string; plural: string; light: string; dark: string; shape: string; folded: boolean }
export interface Field { caption: string; x: number; y: number; radius: number; nodes: number }

export interface Graph {
  title: string; note: string; kinds: Kind[]; fields: Field[];
  count: number; kind: Uint8Array; key: string[]; name: string[]; x: Float32Array; y: Float32Array; size: Float32Array; field: Uint16Array;
  more: More[]; date: string[]; degree: Uint32Array;
  edges: number; types: string[]; type: Uint8Array; from: Uint32Array; to: Uint32Array; paper: Int32Array;
  extractor: string[]; official: Set<number>; said: Int32Array; text: { [edge: string]: string };
  offsets: Uint32Array; arcs: Uint32Array; byKey: Map<string, number>;
}

export interface Said {
  before: string; mention: string; after: string; where: string; paper: number; confidence: number; extractor: string;
}

export interface Hit { node: number; score: number; alias: string }

export interface State {
  view: string; node: string; to: string; kinds: string; since: string; until: string; text: string; sort: string; more: string;
}

export interface Camera { x: number; y: number; scale: number }

export interface Pen {
  lines(ends: ArrayLike<number>, colour: string, width: number, alpha: number): void;
  curve(x1: number, y1: number, x2: number, y2: number, colour: string, width: number, alpha: number): void;
  shapes(shape: string, spots: ArrayLike<number>, colour: string, edge: string): void;
  text(words: string, x: number, y: number, style: { size: number; bold?: boolean; colour: string; halo?: string; middle?: boolean; alpha?: number }): void;
  box(x: number, y: number, width: number, height: number, fill: string, edge: string, corner: number): void;
  width(words: string, size: number, bold?: boolean): number;
}

export interface Theme { ink: string; soft: string; ground: string; line: string; accent: string; mark: string; dark: boolean }

export interface Row { edge: number; node: number; strength: number; edges: number[] }
export interface Section { title: string; type: string; outward: boolean; kind: number; rows: Row[] }
export interface Column { title: string; sections: Section[] }

export interface Cell { text: string; sort?: string | number; node?: number; nodes?: number[]; url?: string; edge?: number; shape?: number; number?: boolean; go?: Partial<State> }
export interface Sheet { name: string; caption: string; heads: string[]; rows: Cell[][]; note?: string; sort?: number; down?: boolean; bibtex?: number }

export interface Step { node: number; edge: number; outward: boolean }

export interface Filter { kinds: boolean[]; edges: Uint8Array; nodes: Uint8Array }

export interface Shell {
  graph: Graph;
  state: State;
  go(change: Partial<State>, replace?: boolean): void;
  dialog(title: string, ...content: (Node | string)[]): void;
  open(node: number): void;
  link(change: Partial<State>): string;
  linkTo(node: number): string;
  say(words: string): void;
  theme(): Theme;
}
