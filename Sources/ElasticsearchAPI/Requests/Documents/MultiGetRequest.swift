public import Indices
internal import JSON
internal import Query

/// An `_mget` request: documents by their ids, each with its own wishes.
public struct MultiGetRequest: Sendable {
    public private(set) var documents: [DocumentRequest] = []

    private enum Key: String, BodyKey {
        case docs, ids
    }

    private enum DocumentKey: String, BodyKey {
        case index = "_index"
        case id = "_id"
        case routing, version
        case versionType = "version_type"
        case source = "_source"
        case storedFields = "stored_fields"
    }

    /// What URL and path say for documents that do not say it themselves.
    private struct Defaults {
        var index: String?
        var routing: String?
        var source: SourceRequest?
        var storedFields: [String]
        var isRealTime: Bool
        var refreshes: Bool
    }

    /// - Throws: `ElasticsearchError`.
    public init(
        body: some Collection<UInt8>, index: String?, parameters: QueryParameters
    ) throws(ElasticsearchError) {
        let defaults = Defaults(
            index: index, routing: parameters["routing"], source: try SourceRequest(parameters),
            storedFields: parameters.list("stored_fields") ?? [], isRealTime: try parameters.bool("realtime") ?? true,
            refreshes: try parameters.bool("refresh") ?? false)
        documents = try JSONBody.decode(body) { (root) throws(ParseError) in try Self.documents(root, defaults) }
        var violations = documents.isEmpty ? ["no documents to get"] : []
        for (number, document) in documents.enumerated() {
            if document.index.isEmpty { violations.append("index is missing for doc \(number)") }
            if document.id.isEmpty { violations.append("id is missing for doc \(number)") }
        }
        if !violations.isEmpty { throw .validation(violations) }
    }

    private static func documents(_ root: Node, _ defaults: Defaults) throws(ParseError) -> [DocumentRequest] {
        var documents: [DocumentRequest] = []
        for field in try root.members(of: .search) {
            guard let key = Key(rawValue: field.name), let elements = field.value.elements else {
                throw ParseError(
                    .parsing, "unknown key [\(field.name)] for a \(field.value.token), expected [docs] or [ids]", at: field.path)
            }
            for element in elements {
                switch key {
                case .docs: documents.append(try document(element, defaults))
                case .ids:
                    guard let id = element.text else {
                        throw .argument("ids array element should only contain ids", at: element.path)
                    }
                    documents.append(request(index: nil, id: id, routing: nil, [], nil, defaults))
                }
            }
        }
        return documents
    }

    private static func document(_ node: Node, _ defaults: Defaults) throws(ParseError) -> DocumentRequest {
        guard node.element.kind == .object else {
            throw .argument("docs array element should include an object", at: node.path)
        }
        var index: String?, id: String?, routing: String?
        var source: SourceRequest?
        var storedFields: [String] = []
        var version: Int64?
        for field in try node.members(of: .search) {
            guard let key = DocumentKey(rawValue: field.name) else {
                throw ParseError(
                    .parsing, "unknown key [\(field.name)] for a \(field.value.token) in multi get document", at: field.path)
            }
            switch key {
            case .index: index = try field.text()
            case .id: id = try field.text()
            case .routing: routing = field.element.isNull ? nil : try field.text()
            case .version:
                guard let number = Int64(try field.text()) else { throw field.unexpected }
                version = number
            case .versionType:
                let text = try field.text()
                guard WriteVersion.Kind(rawValue: text) != nil else {
                    throw .argument("No version type match [\(text)]", at: field.path)
                }
            case .source: source = try SourceRequest(field)
            case .storedFields: storedFields = try field.strings()
            }
        }
        var document = request(index: index, id: id ?? "", routing: routing, storedFields, source, defaults)
        document.version = version
        return document
    }

    private static func request(
        index: String?, id: String, routing: String?, _ storedFields: [String], _ source: SourceRequest?, _ defaults: Defaults
    ) -> DocumentRequest {
        var document = DocumentRequest(index: index ?? defaults.index ?? "", id: id)
        document.routing = routing ?? defaults.routing
        document.isRealTime = defaults.isRealTime
        document.refreshes = defaults.refreshes
        document.setFields(storedFields.isEmpty ? defaults.storedFields : storedFields, source: source ?? defaults.source)
        return document
    }
}
