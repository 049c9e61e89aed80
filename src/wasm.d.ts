/** What one sentence is. */
export type Label = "reported-fact" | "attributed-claim" | "unattributed-opinion";

/** What the words of a signal do. */
export type SignalKind =
    | "evaluation"
    | "loaded-name"
    | "prescription"
    | "forecast"
    | "mind-reading"
    | "irony"
    | "generalisation"
    | "first-person"
    | "address"
    | "intensifier"
    | "loaded-wording";

/** Half-open, `[start, end]`, in UTF-16 code units: what `text.slice(start, end)` takes. */
export type Span = [start: number, end: number];

/** Words that give an opinion away, and what they do in a short phrase. */
export interface Signal {
    start: number;
    end: number;
    kind: SignalKind;
    why: string;
}

/** A sentence and what it is. `label` is `null` for page furniture. */
export interface Sentence {
    start: number;
    end: number;
    label: Label | null;
    mixed: boolean;
    confidence: number;
    scores: { fact: number; attributed: number; opinion: number };
    /** Indices into `Analysis.attributions`. */
    attributions: number[];
    signals: Signal[];
}

/** What kind of source a claim is credited to. */
export type SourceKind =
    "official" | "expert" | "witness" | "participant" | "document" | "news-report" | "group" | "unknown";

/** One claim that the article passes on, and whose it is. */
export interface Attribution {
    kind: "direct" | "indirect" | "mixed";
    speaker: string | null;
    /** The same for all claims of one speaker. */
    "source-kind": SourceKind;
    /** Whether the source has a name; false for "a spokesman" and where nobody is credited. */
    named: boolean;
    source: Span[];
    cue: Span[];
    content: Span[];
    vague: boolean;
}

/** Somebody whose claims the article passes on. */
export interface Source {
    name: string;
    claims: number;
    kind: SourceKind;
    named: boolean;
}

/** The whole answer for one article. */
export interface Analysis {
    sentences: Sentence[];
    attributions: Attribution[];
    summary: Record<Label | "unlabelled", number> & {
        sources: Source[];
        /** How many attributions each kind of source has. */
        kinds: Record<SourceKind, number>;
    };
}
