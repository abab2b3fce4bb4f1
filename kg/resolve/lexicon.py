"""Closed lists that the rules on names need. Each is general knowledge of how models, methods and data are named."""

from __future__ import annotations

__all__ = [
    "AI_VENDORS",
    "ARTICLES",
    "BACKBONES",
    "DIRECTIONS",
    "EMPTIEST_HEADS",
    "EMPTY_HEADS",
    "ENDINGS",
    "GENERIC_HEADS",
    "HEAD_KINDS",
    "KINDS",
    "KINDS_OF_LABEL",
    "LETTER_NAMES",
    "MOVABLE",
    "NARROW_VENDORS",
    "NOT_BRITISH",
    "NOT_PLURAL",
    "NO_FAMILIES",
    "ROMAN",
    "SIZES",
    "SIZE_LETTERS",
    "SPELLINGS",
    "SPLITS",
    "STOP_WORDS",
    "SUFFIXES",
    "TRAININGS",
    "VENDORS",
    "V_ENDINGS",
    "WHOLE",
    "YEARLY",
]

ARTICLES = frozenset({"the", "a", "an", "our"})

#: Words without weight when two expansions of one abbreviation are compared.
STOP_WORDS = frozenset({"the", "a", "an", "of", "for", "and", "in", "on", "to", "with", "from", "by", "at", "via", "as", "or"})

#: Makers whose name people put before a product's.
VENDORS = frozenset(
    {
        "openai", "google", "deepmind", "facebook", "microsoft", "nvidia", "anthropic", "alibaba", "amazon", "apple", "ibm", "intel", "amd",
        "xai", "huggingface", "tencent", "baidu", "bytedance", "salesforce", "mistralai", "stabilityai", "moonshotai", "zhipu", "zhipuai",
        "huawei", "samsung", "adobe", "databricks", "cohere", "eleutherai", "allenai", "ai2", "stanford", "lmsys", "tesla", "thudm",
    }
)  # fmt: skip
#: Makers only where "AI" follows: alone they are names of products.
AI_VENDORS = frozenset({"mistral", "deepseek", "stability", "moonshot", "meta", "facebook", "zhipu", "together", "01"})
#: Makers whose names are words: only before these products.
NARROW_VENDORS = {
    "meta": frozenset({"llama", "opt", "sam", "segment", "dino", "dinov"}),
    "pascal": frozenset({"voc"}),
    "ms": frozenset({"coco", "marco"}),
}

#: Words that end coined names and are none by themselves.
ENDINGS = frozenset({"bench", "eval", "net", "qa"})

#: Last words that only say what kind of thing a name is, by label.
GENERIC_HEADS = {
    "Model": frozenset({"model", "checkpoint", "family", "series", "network", "encoder", "llm", "vlm", "backbone"}),
    "Method": frozenset(
        {
            "algorithm", "method", "technique", "approach", "framework", "optimizer", "model", "architecture", "system",
            "library", "toolkit", "strategy", "procedure", "paradigm", "scheme", "mechanism", "gpu", "pipeline",
        }
    ),
    "Benchmark": frozenset({"dataset", "benchmark", "corpus", "corpora", "suite", "challenge", "data", "leaderboard", "collection"}),
    "Task": frozenset({"task", "problem", "setting"}),
    "Metric": frozenset({"score", "metric", "measure", "value"}),
    "Author": frozenset(),
    "Organization": frozenset(),
}  # fmt: skip

#: Those of them that go behind common words too, where two words or more are left; and where one is left.
EMPTY_HEADS = {
    "Method": frozenset({"algorithm", "method", "technique", "approach", "framework", "architecture", "strategy", "scheme", "mechanism"}),
    "Benchmark": frozenset({"dataset", "benchmark", "corpus"}),
    "Task": GENERIC_HEADS["Task"],
    "Metric": GENERIC_HEADS["Metric"],
}
EMPTIEST_HEADS = frozenset({"mechanism", "architecture", "dataset", "benchmark", "task", "problem", "score", "metric"})

#: Names whose generic last word tells them from something else: a part of ARC.
WHOLE = frozenset({("arc", "challenge")})

#: Words that say how a model was trained or packed, dropped first on the way to its family.
TRAININGS = frozenset(
    {
        "instruct", "chat", "it", "base", "preview", "exp", "experimental", "latest", "thinking", "reasoning", "sft", "dpo",
        "rlhf", "distill", "distilled", "awq", "gptq", "gguf", "int4", "int8", "fp8", "fp16", "bf16", "hf", "uncensored",
    }
)  # fmt: skip

#: Words that say which size or grade of a model.
SIZES = frozenset(
    {
        "nano", "micro", "tiny", "mini", "small", "medium", "large", "xlarge", "xl", "xxl", "huge", "giant", "pro", "plus", "max", "ultra",
        "lite", "flash", "turbo", "haiku", "sonnet", "opus", "high", "low", "fast", "air",
    }
)  # fmt: skip

#: Words that say which line of a family.
KINDS = frozenset({"vl", "vision", "audio", "omni", "coder", "code", "math", "moe", "video", "image", "embedding", "guard", "next"})

#: Parts and editions of a benchmark.
SPLITS = frozenset(
    {
        "verified", "pro", "hard", "easy", "lite", "mini", "diamond", "plus", "challenge", "test", "val", "validation", "train", "dev",
        "full", "extended", "multilingual", "redux", "live", "gold", "clean", "other", "core", "xl", "long", "short",
    }
)  # fmt: skip

MOVABLE = TRAININGS | SIZES | KINDS
SUFFIXES = TRAININGS | SIZES | KINDS | SPLITS

#: Letters that stand for a size behind the name of a backbone, and the words they stand for.
SIZE_LETTERS = {"n": "nano", "t": "tiny", "s": "small", "b": "base", "m": "medium", "l": "large", "h": "huge", "g": "giant", "x": "xlarge"}
BACKBONES = frozenset({"yolo", "vit", "deit", "swin", "convnext", "beit", "dinov", "dino", "mae", "segformer", "mit"})

#: Names that are a letter and a number: there the number is no version.
LETTER_NAMES = frozenset({"t5", "e5", "s4", "s5", "h3", "c4", "m4", "o1", "o3", "o4", "s1"})

#: Words before a number that are no family by themselves.
NO_FAMILIES = frozenset(
    {
        "set",
        "open",
        "test",
        "task",
        "part",
        "level",
        "phase",
        "stage",
        "version",
        "model",
        "data",
        "multi",
        "mini",
        "track",
        "top",
        "step",
        "code",
    }
)

ROMAN = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix"})

#: Benchmarks and contests with an edition for every year.
YEARLY = frozenset(
    {
        "aime", "amc", "hmmt", "imo", "wmt", "iwslt", "voc", "icdar", "semeval", "trec", "clef", "conll", "duc", "tac", "brats", "davis",
        "isic", "kitti", "coco", "ilsvrc", "interspeech", "dcase", "fire", "smac", "msmarco", "ntcir", "bea", "wassa", "hipe",
    }
)  # fmt: skip

#: Words whose last letter v is no version mark.
V_ENDINGS = frozenset({"conv", "deconv", "div", "dev", "adv", "inv", "env", "cov", "rev", "iv", "tv", "cv", "av", "nav"})

#: Words that end in s and are no plural, and one plural whose singular is somebody's name: vLLM.
NOT_PLURAL = frozenset({"vllms", "fps", "bps", "ms", "los", "gas", "atlas", "canvas", "alias", "bias", "lens", "always", "ios", "dos"})

NOT_BRITISH = frozenset(
    {"raising", "supervised", "unsupervised", "revised", "advised", "comprised", "compromised", "surprised", "promising"}
)

#: British and other spellings, word for word; endings are handled by rule.
SPELLINGS = {
    "modelling": "modeling", "labelling": "labeling", "labelled": "labeled", "labeller": "labeler", "signalling": "signaling",
    "travelling": "traveling", "tunnelling": "tunneling", "levelling": "leveling", "behaviour": "behavior", "behavioural": "behavioral",
    "colour": "color", "colouring": "coloring", "colourisation": "colorization", "colourization": "colorization", "favour": "favor",
    "flavour": "flavor", "neighbour": "neighbor", "neighbourhood": "neighborhood", "neighbouring": "neighboring", "humour": "humor",
    "labour": "labor", "rumour": "rumor", "tumour": "tumor", "centre": "center", "centred": "centered", "metre": "meter",
    "fibre": "fiber", "grey": "gray", "analyse": "analyze", "catalogue": "catalog", "dialogue": "dialog", "programme": "program",
    "defence": "defense", "licence": "license", "artefact": "artifact", "judgement": "judgment", "ageing": "aging",
    "voting": "vote", "captioning": "caption", "corpora": "corpus", "indices": "index", "matrices": "matrix", "vertices": "vertex",
    "hypotheses": "hypothesis", "analyses": "analysis", "datasets": "dataset",
}  # fmt: skip

#: What the last word of an expansion says that the thing is; words as stems.
HEAD_KINDS = {
    **dict.fromkeys(("rate", "error", "accuracy", "score", "ratio", "recall", "deviat", "index", "second"), "metric"),
    **dict.fromkeys(("model", "network", "transform", "autoencod", "machin", "encod", "agent", "assistant", "classif"), "artefact"),
    **dict.fromkeys(
        (
            "learn", "optim", "sampl", "attent", "algorithm", "search", "tun", "adapt", "decod", "distill", "quant", "regress", "propag",
            "descent", "gradient", "minim", "maxim", "program", "prompt", "augment", "regular", "thought", "experts", "merg", "prun",
        ),
        "technique",
    ),
    **dict.fromkeys(
        (
            "detect", "recogn", "gener", "segment", "classific", "answer", "transl", "estim", "synthesi", "synthesis", "predict", "retriev",
            "summar", "reconstruct", "navig", "understand", "caption", "track", "forecast", "extract", "edit", "complet", "reason", "plann",
            "plan", "identific", "match", "pars", "recommend",
        ),
        "task",
    ),
    **dict.fromkeys(("dataset", "benchmark", "corpus", "databas", "challeng", "collect", "data"), "data"),
    **dict.fromkeys(("diseas", "practition", "patient", "cancer", "disord"), "none"),
}  # fmt: skip

KINDS_OF_LABEL = {
    "Model": frozenset({"artefact"}),
    "Method": frozenset({"artefact", "technique", "task"}),
    "Task": frozenset({"task", "technique"}),
    "Metric": frozenset({"metric"}),
    "Benchmark": frozenset({"data", "task"}),
}

#: Ends of metrics that say which direction is better.
DIRECTIONS = {
    **dict.fromkeys(("accuracy", "precision", "recall", "f1", "winrate", "successrate", "similarity"), "higher"),
    **dict.fromkeys(("throughput", "speedup", "speed", "persecond", "efficiency"), "higher"),
    **dict.fromkeys(("error", "errorrate", "perplexity", "loss", "toxicity"), "lower"),
    **dict.fromkeys(("falsepositiverate", "falsealarmrate", "hallucinationrate"), "lower"),
    **dict.fromkeys(("latency", "walltime", "runtime", "inferencetime", "trainingtime", "gpuhours"), "lower"),
    **dict.fromkeys(("overhead", "consumption", "footprint", "memoryusage", "cost", "flops", "nfe", "functionevaluations"), "lower"),
}
