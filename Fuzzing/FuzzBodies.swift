internal import ElasticsearchAPI
internal import Foundation
internal import Indices
internal import Inference
internal import Ingest
internal import JSON
internal import Mapping

/// Reads the bodies of requests as a node would, without one: some thousands in the time in which a node answers one hundred.
enum FuzzBodies {
    /// Reads `METHOD /path`, a newline, and a body, by what the path ends with.
    static func read(_ input: [UInt8]) {
        let end = input.firstIndex(of: UInt8(ascii: "\n")) ?? input.count
        let body = input[min(end + 1, input.count)...]
        let line = String(decoding: input[..<end], as: UTF8.self)
        guard let path = line.split(separator: " ").last?.prefix(while: { $0 != "?" }) else { return }
        let parts = path.split(separator: "/")
        switch parts.last(where: { $0.hasPrefix("_") }) {
        case "_search", "_count", "_async_search": _ = try? SearchRequest(body: body, parameters: QueryParameters())
        case "_msearch": _ = try? MultiSearchRequest(body: body, index: "i", parameters: QueryParameters())
        case "_bulk": bulk(body)
        case "_doc", "_create": parse(Array(body))
        case "_update": _ = try? WriteOperation.update(index: "i", id: "1", QueryParameters(), body: body)
        case "_mapping": (try? MappingBody(body: body)).map { map($0.mappings) }
        case "_pipeline": pipeline(body)
        case "_simulate": _ = try? SimulateBody(body: body, timestamp: "")
        case "_aliases": _ = try? UpdateAliasesBody(body: body)
        case "_settings": _ = try? SettingsBody(body: body)
        case "_analyze": _ = try? AnalyzeRequest(body: body)
        case "_rank_eval": _ = try? RankEvaluationRequest(body: body)
        case "_execute": _ = try? PainlessExecuteBody(body: body)
        case "_template": _ = try? SearchTemplateRequest(body: body)
        case "_sql": sql(body, isTranslated: parts.last == "translate")
        case "_classify": _ = try? ClassifyRequest(body: body, parameters: QueryParameters())
        case "_inference": inference(body)
        case "_infer": _ = try? InferRequest(body: body, parameters: QueryParameters())
        case "_reindex": _ = try? ReindexRequest(body: body, QueryParameters())
        case "_mget": _ = try? MultiGetRequest(body: body, index: "i", parameters: QueryParameters())
        case "_termvectors": _ = try? TermVectorsRequest(index: "i", id: nil, body: body, parameters: QueryParameters())
        case "_field_caps": _ = try? FieldCapabilitiesRequest(body: body, parameters: QueryParameters())
        case "_terms_enum": _ = try? TermsEnumRequest(body: body)
        case "_rollover": _ = try? RolloverBody(body: body)
        case "_clone", "_shrink", "_split": _ = try? ResizeBody(body: body)
        case "_scripts": _ = try? StoredScriptBody(id: "s", body: body, context: "score")
        case nil: create(body)
        default: dates(String(decoding: body, as: UTF8.self))
        }
    }

    private static func sql(_ body: ArraySlice<UInt8>, isTranslated: Bool) {
        guard let request = try? SQLRequest(body, isTranslated: isTranslated), let command = try? request.statement() else { return }
        _ = try? request.plan(command, [], catalog: "c")
    }

    private static func inference(_ body: ArraySlice<UInt8>) {
        for task in InferenceTask.allCases { _ = try? InferenceBody(body: body, parameters: QueryParameters(), task: task) }
        _ = try? InferenceEndpointBody(body: body, urlTask: nil)
        _ = try? InferenceUpdateBody(body: body, urlTask: nil, of: endpoint)
    }

    private static let endpoint = InferenceEndpoint(
        id: "e", task: .embedding, service: "clipsearch", serviceSettings: ["model_id": "m"], dimensions: 4)

    private static func bulk(_ body: ArraySlice<UInt8>) {
        guard let defaults = try? BulkRequest.Defaults(), let request = try? BulkRequest(body: body, defaults: defaults) else { return }
        for case .write(let operation, _) in request.items { parse(operation.source) }
    }

    private static func parse(_ source: [UInt8]) {
        _ = try? DocumentParser(mapping: mapping).parse(source)
    }

    private static func create(_ body: ArraySlice<UInt8>) {
        guard let request = try? CreateIndexBody(body: body) else { return }
        request.mappings.map(map)
    }

    /// A mapping that is taken is given a document of every kind of value.
    private static func map(_ element: JSONElement) {
        guard let mapping = try? Mapping(decoding: element) else { return }
        _ = try? Self.mapping.merging(mapping)
        for document in documents { _ = try? DocumentParser(mapping: mapping).parse(document) }
    }

    private static func pipeline(_ body: ArraySlice<UInt8>) {
        guard let definition = (try? JSONDocument(parsing: body)).flatMap({ JSONValue($0.root).object }) else { return }
        _ = try? Pipeline("p", definition) { _ in throw IngestFault.unknownPipeline("s") }
    }

    /// Every word is a moment, a format and a length of time.
    private static func dates(_ text: String) {
        for word in text.split(separator: "\"").prefix(64) {
            _ = TimeValue.parse(word)
            for format in [.standard, DateFormat(String(word))].compactMap(\.self) {
                let math = DateMath(format: format, now: 1_700_000_000_000)
                for rounding in [true, false] { _ = math.milliseconds(String(word), roundingUp: rounding) }
            }
        }
    }

    private static let mapping: Mapping = {
        let creation = FuzzRequests.preparation.first { $0.path == "/i" }?.body ?? ""
        // An analyzer of the index's own stands in its settings, which a mapping alone does not know.
        let plain = creation.replacingOccurrences(of: #""analyzer":"a""#, with: #""analyzer":"english""#)
        guard let body = try? CreateIndexBody(body: plain.utf8), let element = body.mappings,
            let mapping = try? Mapping(decoding: element)
        else { fatalError("the index of FuzzRequests cannot be mapped") }
        return mapping
    }()

    private static let documents = FuzzRequests.preparation.first { $0.path.hasPrefix("/_bulk") }?.body
        .split(separator: "\n").map { Array($0.utf8) } ?? []
}
