/// Why a component cannot be made of its settings, or a text not be analysed. Each case notes Elasticsearch's reason.
public enum AnalysisError: Error, Equatable, Sendable {
    /// The kinds of component, by Elasticsearch's names.
    public enum Component: String, Sendable {
        case analyzer, normalizer, tokenizer
        case filter
        case charFilter = "char_filter"
    }

    /// `Unknown filter type [t] for [n]`
    case unknownType(Component, type: String, name: String)
    /// `filter [n] must specify either an analyzer type, or a tokenizer`
    case missingType(Component, name: String)
    /// `analyzer [n] must be configured with a tokenizer`
    case missingTokenizer(analyzer: String)
    /// `Custom Analyzer [n] failed to find filter under name [f]`; for normalizers, `Custom normalizer [n] …`.
    case unknownComponent(Component, name: String, of: Component, owner: String)
    /// `Custom normalizer [n] may not use filter [f]`
    case notForNormalizers(Component, name: String, normalizer: String)
    /// `Custom normalizer [n] cannot configure a tokenizer`
    case normalizerWithTokenizer(String)
    /// `failed to find global filter under [n]`; `failed to find filter under [n]` in an index.
    case notFound(Component, name: String, isGlobal: Bool)
    /// `Missing [type] setting for anonymous filter: {…}`
    case anonymousWithoutType(Component)
    /// `analyzer name must not start with '_'. got "n"`
    case reservedName(String)
    /// `Failed to parse value [v] for setting [s]`
    case malformedSetting(component: String, setting: String, value: String)
    /// A setting that a component needs: Elasticsearch has a sentence for each.
    case missingSetting(component: String, setting: String, reason: String)
    /// A value that a component does not take: Elasticsearch has a sentence for each.
    case invalidSetting(component: String, setting: String, reason: String)
    /// A list of stop words by a name that Elasticsearch knows, and that is not here.
    case unknownStopWords(String)
    /// `Invalid stemmer class specified: x`
    case unknownStemmer(String)
    /// A regular expression that the engine, which takes linear time, does not have: look-around and back references.
    case unsupportedPattern(String, reason: String)
    /// `failed to build synonyms`, caused by `Invalid synonym rule at line n` and its reason
    case invalidSynonymRule(line: Int, reason: String)
    /// A file that a setting names; files of words and rules are not read.
    case filesNotSupported(setting: String)
    /// A text for which a pattern would need more steps than any sensible one does.
    case patternTooExpensive
    /// A text that grows beyond what is held in memory for one value.
    case outputTooLarge(limit: Int)
}
