internal import JSON
internal import Query

extension Highlight {
    private enum Key: String, BodyKey {
        case fields, encoder, type, order, options, fragmenter
        case tagsSchema = "tags_schema"
        case preTags = "pre_tags"
        case postTags = "post_tags"
        case fragmentSize = "fragment_size"
        case fragmentCount = "number_of_fragments"
        case noMatchSize = "no_match_size"
        case requiresFieldMatch = "require_field_match"
        case highlightFilter = "highlight_filter"
        case query = "highlight_query"
        case boundaryScanner = "boundary_scanner"
        case boundaryCharacters = "boundary_chars"
        case boundaryScan = "boundary_max_scan"
        case boundaryLocale = "boundary_scanner_locale"
        case analyzedLimit = "max_analyzed_offset"
        case phraseLimit = "phrase_limit"
        case explicitOrder = "use_explicit_field_order"
        /// Of one field only.
        case matchedFields = "matched_fields"
        case fragmentOffset = "fragment_offset"
    }

    /// A `highlight` member.
    init(_ node: Node, _ queries: QueryDecoder) throws(ParseError) {
        self.init(fields: [])
        settings = try Self.settings(node, isOfField: false, queries) { field throws(ParseError) in
            fields = try Self.fields(field, queries)
        }
    }

    /// An object, or objects with one member each in an array.
    private static func fields(_ field: BodyField, _ queries: QueryDecoder) throws(ParseError) -> [Highlight.Field] {
        var found: [Highlight.Field] = []
        for node in field.oneOrMany() {
            for member in try node.members(of: .object("highlight")) {
                found.append(
                    Highlight.Field(
                        pattern: member.name, settings: try settings(member.value, isOfField: true, queries) { _ in }))
            }
        }
        return found
    }

    private static func settings(
        _ node: Node, isOfField: Bool, _ queries: QueryDecoder, _ readFields: (BodyField) throws(ParseError) -> Void
    ) throws(ParseError) -> Settings {
        var settings = Settings()
        let parser = Parser.object(isOfField ? "highlight_field" : "highlight")
        for (key, field) in try node.fields(Key.self, of: parser) {
            switch key {
            case .fields, .encoder, .explicitOrder:
                if isOfField, key != .encoder { throw parser.unknown(field, known: []) }
            case .matchedFields, .fragmentOffset: if !isOfField { throw parser.unknown(field, known: []) }
            default: break
            }
            switch key {
            case .fields: try readFields(field)
            case .encoder: settings.encodesHTML = try field.string() == "html"
            case .type: settings.type = try field.string()
            case .order: settings.isOrderedByScore = try field.string().lowercased() == "score"
            case .fragmenter: settings.fragmenter = try field.string()
            case .tagsSchema: try settings.setTags(schema: field)
            case .preTags: settings.preTags = try field.strings()
            case .postTags: settings.postTags = try field.strings()
            case .fragmentSize: settings.fragmentSize = try field.int()
            case .fragmentCount: settings.fragmentCount = try field.bounded(0...100_000)
            case .fragmentOffset: settings.fragmentOffset = try field.int()
            case .noMatchSize: settings.noMatchSize = try field.int()
            case .requiresFieldMatch: settings.requiresFieldMatch = try field.bool()
            case .query: settings.query = try queries.query(field.value)
            case .matchedFields: settings.matchedFields = try field.strings()
            case .boundaryScanner: settings.boundaryScanner = try field.boundaryScanner()
            case .boundaryCharacters: settings.boundaryCharacters = try field.string()
            case .boundaryScan: settings.boundaryScan = try field.int()
            case .analyzedLimit: settings.analyzedLimit = try field.analyzedLimit()
            case .phraseLimit: settings.phraseLimit = try field.int()
            // No effect here: one locale, filters as other clauses, and a list in any order.
            case .boundaryLocale: _ = try field.string()
            case .highlightFilter, .explicitOrder: _ = try field.bool()
            case .options: _ = try field.value.members(of: parser)
            }
        }
        if let pre = settings.preTags {
            guard let post = settings.postTags else { throw .argument("pre_tags are set but post_tags are not set", at: node.path) }
            if pre.isEmpty || post.isEmpty { throw .argument("pre_tags or post_tags must not be empty", at: node.path) }
        }
        return settings
    }
}

/// A member of a body; `Highlight` has a `Field` of its own.
private typealias BodyField = Field

extension Highlight.Settings {
    fileprivate mutating func setTags(schema field: Field) throws(ParseError) {
        let name = try field.string()
        switch name {
        case "default": (preTags, postTags) = (["<em>"], ["</em>"])
        case "styled": (preTags, postTags) = ((1...10).map { "<em class=\"hlt\($0)\">" }, ["</em>"])
        default:
            try field.wrapping { () throws(ParseError) in throw .argument("Unknown tag schema [\(name)]", at: field.path) }
        }
    }
}

extension Field {
    fileprivate func bounded(_ range: ClosedRange<Int>) throws(ParseError) -> Int {
        let value = try int()
        return try wrapping { () throws(ParseError) in
            guard range.contains(value) else {
                throw .argument("[\(name)] must be between [\(range.lowerBound)] and [\(range.upperBound)]", at: path)
            }
            return value
        }
    }

    fileprivate func analyzedLimit() throws(ParseError) -> Int {
        let value = try int()
        return try wrapping { () throws(ParseError) in
            guard value > 0 || value == -1 else { throw .argument("[\(name)] must be a positive integer, or -1", at: path) }
            return value
        }
    }

    fileprivate func boundaryScanner() throws(ParseError) -> Highlight.BoundaryScanner {
        let text = try string()
        return try wrapping { () throws(ParseError) in
            guard let scanner = Highlight.BoundaryScanner(rawValue: text.lowercased()) else {
                throw .argument(
                    "No enum constant org.elasticsearch.search.fetch.subphase.highlight.HighlightBuilder.BoundaryScannerType."
                        + text.uppercased(), at: path)
            }
            return scanner
        }
    }
}
