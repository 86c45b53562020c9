public import Indices
internal import JSON

extension TermVectorsRequest {
    private enum Key: String, BodyKey {
        case doc, fields, offsets, positions, payloads, filter, routing, version, dfs
        case index = "_index"
        case id = "_id"
        case oldRouting = "_routing"
        case termStatistics = "term_statistics"
        case termStatisticsCamel = "termStatistics"
        case fieldStatistics = "field_statistics"
        case fieldStatisticsCamel = "fieldStatistics"
        case analyzers = "per_field_analyzer"
        case versionType = "version_type"
    }

    private enum FilterKey: String, BodyKey {
        case maximumTerms = "max_num_terms"
        case minimumTermFrequency = "min_term_freq"
        case maximumTermFrequency = "max_term_freq"
        case minimumDocumentFrequency = "min_doc_freq"
        case maximumDocumentFrequency = "max_doc_freq"
        case minimumWordLength = "min_word_length"
        case maximumWordLength = "max_word_length"
    }

    private enum ListKey: String, BodyKey {
        case docs, ids, parameters
    }

    /// - Parameter body: JSON; nil where the request has none.
    /// - Throws: `ElasticsearchError`.
    public init(
        index: String, id: String?, body: (some Collection<UInt8>)?, parameters: QueryParameters
    ) throws(ElasticsearchError) {
        var request = TermVectorsRequest(index: index, id: id)
        try request.take(parameters)
        if let body {
            request = try JSONBody.decode(body) { [request] (root) throws(ParseError) in
                var request = request
                try request.take(root)
                return request
            }
        }
        if request.id == nil, request.document == nil { throw .validation(["id or doc is missing"]) }
        self = request
    }

    /// The documents of `_mtermvectors`.
    ///
    /// - Throws: `ElasticsearchError`.
    public static func list(
        body: (some Collection<UInt8>)?, index: String?, parameters: QueryParameters
    ) throws(ElasticsearchError) -> [TermVectorsRequest] {
        var common = TermVectorsRequest(index: index ?? "")
        try common.take(parameters)
        var requests = (parameters.list("ids") ?? []).map { id in
            var request = common
            request.id = id
            return request
        }
        if let body {
            requests += try JSONBody.decode(body) { [common] (root) throws(ParseError) in try list(root, common) }
        }
        if requests.isEmpty { throw .validation(["multi term vectors: no documents requested"]) }
        for (number, request) in requests.enumerated() where request.index.isEmpty {
            throw .validation(["index is missing for doc \(number)"])
        }
        return requests
    }

    private static func list(_ root: Node, _ common: TermVectorsRequest) throws(ParseError) -> [TermVectorsRequest] {
        var common = common
        var docs: [Node] = []
        var ids: [String] = []
        for (key, field) in try root.fields(ListKey.self, of: .object("mtermvectors")) {
            switch key {
            case .docs: docs = field.oneOrMany()
            case .ids: ids = try field.strings()
            case .parameters: try common.take(field.value)
            }
        }
        var requests: [TermVectorsRequest] = []
        for node in docs {
            var request = common
            try request.take(node)
            requests.append(request)
        }
        for id in ids {
            var request = common
            request.id = id
            requests.append(request)
        }
        return requests
    }

    private mutating func take(_ parameters: QueryParameters) throws(ElasticsearchError) {
        fields = parameters.list("fields") ?? fields
        showsOffsets = try parameters.bool("offsets") ?? showsOffsets
        showsPositions = try parameters.bool("positions") ?? showsPositions
        _ = try parameters.bool("payloads")
        showsTermStatistics = try parameters.bool("term_statistics") ?? showsTermStatistics
        showsFieldStatistics = try parameters.bool("field_statistics") ?? showsFieldStatistics
        routing = parameters["routing"] ?? routing
        isRealTime = try parameters.bool("realtime") ?? isRealTime
        version = try WriteVersion(parameters).number ?? version
    }

    private mutating func take(_ node: Node) throws(ParseError) {
        for (key, field) in try node.fields(Key.self, of: .object("termvectors")) {
            switch key {
            case .index: index = try field.text()
            case .id: id = try field.text()
            case .doc:
                guard field.element.kind == .object else { throw field.unexpected }
                document = JSONValue(field.element).serialized()
            case .fields: fields = try field.strings()
            case .offsets: showsOffsets = try field.bool()
            case .positions: showsPositions = try field.bool()
            // None are kept.
            case .payloads, .dfs: _ = try field.bool()
            case .termStatistics, .termStatisticsCamel: showsTermStatistics = try field.bool()
            case .fieldStatistics, .fieldStatisticsCamel: showsFieldStatistics = try field.bool()
            case .routing, .oldRouting: routing = try field.text()
            case .version: version = Int64(try field.int())
            case .versionType: _ = try field.string()
            case .analyzers:
                for member in try field.value.members(of: .object("per_field_analyzer")) {
                    analyzers[member.name] = try member.string()
                }
            case .filter: filter = try Self.filter(field.value)
            }
        }
    }

    private static func filter(_ node: Node) throws(ParseError) -> Filter {
        var filter = Filter()
        var bounds: [FilterKey: Int] = [:]
        for (key, field) in try node.fields(FilterKey.self, of: .object("filter")) { bounds[key] = try field.count() }
        func range(_ lower: FilterKey, _ upper: FilterKey, least: Int) -> ClosedRange<Int> {
            let low = bounds[lower] ?? least
            let high = bounds[upper].map { $0 == 0 ? Int.max : $0 } ?? .max
            return low...max(low, high)
        }
        filter.maximumTerms = bounds[.maximumTerms] ?? filter.maximumTerms
        filter.termFrequency = range(.minimumTermFrequency, .maximumTermFrequency, least: 1)
        filter.documentFrequency = range(.minimumDocumentFrequency, .maximumDocumentFrequency, least: 1)
        filter.wordLength = range(.minimumWordLength, .maximumWordLength, least: 0)
        return filter
    }
}
