/// How text becomes terms: character filters, a tokenizer and token filters, in this order.
///
/// Immutable; any number of threads may use one at once.
public final class Analyzer: Sendable {
    /// A step of an analyzer by its name.
    struct Named<Component: Sendable>: Sendable {
        var name: String
        var component: Component
    }

    /// The name that settings or Elasticsearch give it.
    public let name: String
    /// Whether it is put together of components that settings name, so that `_analyze` can explain each.
    public let isCustom: Bool
    /// How many positions lie between two values of a field; nil where the field says it.
    public let positionIncrementGap: Int?
    let charFilters: [Named<any CharFilter>]
    let tokenizer: Named<any Tokenizer>
    let filters: [Named<any TokenFilter>]
    /// The tokenizer and the filters that are left to do: the standard tokenizer makes letters small by itself.
    private let cutter: any Tokenizer
    private let rest: [any TokenFilter]

    init(
        name: String, isCustom: Bool = false, charFilters: [Named<any CharFilter>] = [], tokenizer: Named<any Tokenizer>,
        filters: [Named<any TokenFilter>] = [], positionIncrementGap: Int? = nil
    ) {
        self.name = name
        self.isCustom = isCustom
        self.charFilters = charFilters
        self.tokenizer = tokenizer
        self.filters = filters
        self.positionIncrementGap = positionIncrementGap
        if var standard = tokenizer.component as? StandardTokenizer, filters.first?.component is LowercaseFilter {
            standard.lowercases = true
            cutter = standard
            rest = filters.dropFirst().map(\.component)
        } else {
            cutter = tokenizer.component
            rest = filters.map(\.component)
        }
    }

    /// The tokens of a text; offsets are places in it, whatever filters changed.
    ///
    /// - Complexity: O(*n*) in the text for all components without patterns.
    /// - Throws: `AnalysisError` when the work or the output would have no bound.
    public func tokens(of text: String) throws(AnalysisError) -> TokenStream {
        var source = SourceText(text)
        for filter in charFilters { source = try filter.component.filtered(source) }
        var stream = try cutter.tokens(of: source)
        Self.correct(&stream, by: source)
        for filter in rest { try filter.apply(to: &stream) }
        return stream
    }

    static func correct(_ stream: inout TokenStream, by source: SourceText) {
        guard !source.corrections.isEmpty else { return }
        for index in stream.tokens.indices {
            let start = source.original(stream.tokens[index].startOffset)
            stream.tokens[index].startOffset = start
            stream.tokens[index].endOffset = max(start, source.original(stream.tokens[index].endOffset))
        }
        stream.endOffset = source.original(stream.endOffset)
    }
}
