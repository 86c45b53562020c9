public import JSON
public import Mapping

/// Marks in the texts of hits what a query found there. Texts are analysed again: nothing of it is kept in the index.
public struct Highlighter: Sendable {
    /// What an index says of highlighting.
    public struct Limits: Equatable, Sendable {
        /// Texts longer than this are refused (`index.highlight.max_analyzed_offset`), in UTF-16 code units.
        public var analyzedOffset: Int
        /// Whether a phrase is marked as one (`index.highlight.weight_matches_mode.enabled`).
        public var marksWholePhrases: Bool

        public init(analyzedOffset: Int = 1_000_000, marksWholePhrases: Bool = true) {
            self.analyzedOffset = analyzedOffset
            self.marksWholePhrases = marksWholePhrases
        }
    }

    private struct Field: Sendable {
        var path: String
        var field: FieldMapping
        /// Where its values stand in the source: of a multi-field, at its parent.
        var source: String
        var options: HighlightOptions
        var query: QueryPlan
        /// The fields whose analyzers and matches count.
        var matched: [(path: String, field: FieldMapping)]
    }

    private let fields: [Field]
    private let limits: Limits

    /// Resolves fields against a mapping once for all hits; what is not mapped is passed over.
    ///
    /// - Parameters:
    ///   - query: the search's, bound to the mapping; nil: only fields with queries of their own find anything.
    ///   - indexName: what `_index` is in queries of fields.
    /// - Throws: `PlanningError`, `.highlight` among them.
    public init(
        _ highlight: Highlight, query: QueryPlan?, mapping: Mapping, now: Int64, limits: Limits = Limits(), indexName: String? = nil
    ) throws(PlanningError) {
        var fields: [Field] = []
        let planner = Planner(mapping: mapping, now: now, indexName: indexName)
        for wanted in highlight.fields {
            let options: HighlightOptions
            do {
                options = try HighlightOptions(wanted.settings, highlight.settings, field: wanted.pattern)
            } catch {
                throw .highlight(error)
            }
            let plan = try options.query.map { query throws(PlanningError) in try planner.plan(query) } ?? query ?? .matchNone
            let isPattern = wanted.pattern.utf8.contains(UInt8(ascii: "*"))
            for (path, field) in mapping.fields(matching: wanted.pattern) {
                guard field.type.valueClass == .term, options.kind != .semantic else { continue }
                if options.kind == .fastVector, !field.hasTermVectorOffsets {
                    if isPattern { continue }
                    throw .highlight(.termVectorsMissing(field: path))
                }
                // Plans and sources know an alias by what it stands for.
                let target = mapping.target(of: path)
                let parent = target.split(separator: ".").dropLast().joined(separator: ".")
                var matched = options.matchedFields.compactMap { name in mapping.field(name).map { (mapping.target(of: name), $0) } }
                if matched.isEmpty || options.kind != .fastVector { matched.append((target, field)) }
                fields.removeAll { $0.path == path }
                fields.append(
                    Field(
                        path: path, field: field, source: mapping.field(parent) == nil ? target : parent, options: options,
                        query: plan, matched: matched))
            }
        }
        self.fields = fields
        self.limits = limits
    }

    /// The fragments of each field that has some.
    ///
    /// - Parameters:
    ///   - document: its `_id`, and `index` the index's name, for errors.
    /// - Complexity: O(the fields' texts).
    /// - Throws: `HighlightProblem.textTooLong`.
    public func fragments(
        of source: JSONElement, document: String, index: String
    ) throws(HighlightProblem) -> [(field: String, fragments: [String])] {
        var found: [(field: String, fragments: [String])] = []
        for field in fields {
            let texts = field.field.texts(FieldsExtraction.values(at: field.source, in: source))
            if texts.isEmpty { continue }
            var text = HighlightedText(texts)
            let limit = try analyzedLimit(field, text, document, index)
            var matches: [HighlightMatch] = []
            for (path, mapping) in field.matched {
                text.analyze(as: mapping, limit: limit)
                let finder = MatchFinder(
                    text, field: field.options.requiresFieldMatch ? path : nil, phrases: phrases(field.options))
                matches += finder.matches(of: field.query)
            }
            if field.matched.count > 1 { matches.sort { ($0.start, $0.end) < ($1.start, $1.end) } }
            let fragments: [String] =
                switch field.options.kind {
                case .unified:
                    PassageHighlighter(
                        options: field.options,
                        showsWholeValues: field.options.fragmentCount == 0 || !field.field.isCutIntoWords
                    ).fragments(of: text, matches)
                case .semantic: []
                case .plain: PlainHighlighter(options: field.options).fragments(of: text, matches)
                case .fastVector: VectorHighlighter(options: field.options).fragments(of: text, matches)
                }
            if !fragments.isEmpty { found.append((field.path, fragments)) }
        }
        return found
    }

    private func phrases(_ options: HighlightOptions) -> MatchFinder.Phrases {
        switch options.kind {
        case .unified: limits.marksWholePhrases && options.requiresFieldMatch ? .whole : .words
        case .plain, .semantic: .words
        case .fastVector: .whole
        }
    }

    private func analyzedLimit(
        _ field: Field, _ text: HighlightedText, _ document: String, _ index: String
    ) throws(HighlightProblem) -> Int? {
        if let given = field.options.analyzedLimit {
            return given == -1 ? limits.analyzedOffset : min(given, limits.analyzedOffset)
        }
        if field.options.kind == .fastVector || (field.options.kind == .unified && field.field.hasStoredOffsets) { return nil }
        let length = field.options.kind == .plain ? text.values.map(\.count).max() ?? 0 : text.units.count
        guard length > limits.analyzedOffset else { return nil }
        throw .textTooLong(
            field: field.path, length: length, limit: limits.analyzedOffset, document: document, index: index)
    }
}

extension FieldMapping {
    fileprivate var hasTermVectorOffsets: Bool {
        parameters["term_vector"]?.string?.hasPrefix("with_positions_offsets") ?? false
    }

    fileprivate var hasStoredOffsets: Bool {
        hasTermVectorOffsets || parameters["term_vector"] == .string("with_offsets") || parameters["index_options"] == .string("offsets")
    }

    fileprivate var isCutIntoWords: Bool {
        if case .keyword = type { false } else { true }
    }

    /// The values of a source as texts, without those that are not indexed for their length.
    fileprivate func texts(_ elements: [JSONElement]) -> [String] {
        elements.compactMap { element in
            guard let text = ScalarValue(element)?.text else { return nil }
            if case .keyword(let options) = type, text.utf16.count > options.ignoreAbove { return nil }
            return text
        }
    }
}
