internal import Foundation
public import Indices
public import JSON
public import Query

/// Reads queries that stand by themselves, outside a request.
public enum QueryReader {
    /// - Throws: `ElasticsearchError`.
    public static func query(_ json: JSONValue) throws(ElasticsearchError) -> Query {
        try JSONBody.decode(json.serialized()) { (root) throws(ParseError) in try QueryDecoder().query(root) }
    }
}

/// What a request says of an alias, piece by piece.
struct AliasParts {
    enum Key: String, CaseIterable {
        case filter, routing
        case indexRouting = "index_routing"
        case searchRouting = "search_routing"
        case isWriteIndex = "is_write_index"
        case isHidden = "is_hidden"
    }

    private(set) var metadata = AliasMetadata()

    mutating func set(_ key: Key, _ field: Field) throws(ParseError) {
        switch key {
        case .filter:
            guard field.element.kind == .object || field.element.isNull else { throw field.unexpected }
            metadata.filter = field.element.object?.isEmpty == false ? JSONValue(field.element) : nil
        case .routing:
            let routing = try field.text()
            if metadata.indexRouting == nil { metadata.indexRouting = routing }
            if metadata.searchRouting == nil { metadata.searchRouting = routing }
        case .indexRouting: metadata.indexRouting = try field.text()
        case .searchRouting: metadata.searchRouting = try field.text()
        case .isWriteIndex: metadata.isWriteIndex = try field.bool()
        case .isHidden: metadata.isHidden = try field.bool()
        }
    }

    /// The aliases of an index or a template: `{"name": {…}, …}`.
    static func aliases(_ field: Field) throws(ParseError) -> [String: AliasMetadata] {
        var aliases: [String: AliasMetadata] = [:]
        for alias in try field.value.members(of: .search) {
            var parts = AliasParts()
            for member in try alias.value.members(of: .search) {
                guard let key = Key(rawValue: member.name) else {
                    throw .argument("Unknown field [\(member.name)] in alias [\(alias.name)]", at: member.path)
                }
                try parts.set(key, member)
            }
            aliases[alias.name] = parts.metadata
        }
        return aliases
    }
}

/// The body of `PUT /{index}/_alias/{name}`, which may also name index and alias.
public struct PutAliasBody: Sendable {
    public private(set) var index: String?
    public private(set) var alias: String?
    public private(set) var metadata = AliasMetadata()

    /// No body.
    public init() {}

    /// - Throws: `ElasticsearchError`. Unknown keys are passed over, as Elasticsearch does.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in
            var result = PutAliasBody()
            var parts = AliasParts()
            for field in try root.members(of: .object("alias")) {
                switch field.name {
                case "index": result.index = try field.text()
                case "alias": result.alias = try field.text()
                default: if let key = AliasParts.Key(rawValue: field.name) { try parts.set(key, field) }
                }
            }
            result.metadata = parts.metadata
            return result
        }
    }
}

/// The body of `POST /_aliases`.
public struct UpdateAliasesBody: Sendable {
    public private(set) var actions: [AliasAction] = []

    private enum Key: String, BodyKey {
        case actions
    }

    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        actions = try JSONBody.decode(body) { (root) throws(ParseError) in
            var actions: [AliasAction] = []
            for (key, field) in try root.fields(Key.self, of: .object("aliases")) {
                switch key {
                case .actions:
                    for node in field.oneOrMany() { actions.append(try Self.action(node)) }
                }
            }
            return actions
        }
        if actions.isEmpty { throw .illegalArgument("No action specified") }
    }

    private static func action(_ node: Node) throws(ParseError) -> AliasAction {
        let members = try node.members(of: .object("alias_action"))
        guard let member = members.first, members.count == 1 else {
            throw ParseError(
                .content, "[alias_action] Expected exactly one action but found \(members.count)", at: node.path)
        }
        switch member.name {
        case "add", "remove", "remove_index": return try action(member)
        default:
            throw Parser.object("alias_action").unknown(member, known: ["add", "remove", "remove_index"])
        }
    }

    private static func action(_ member: Field) throws(ParseError) -> AliasAction {
        let parser = Parser.object(member.name)
        var indices: [String] = [], aliases: [String] = []
        var parts = AliasParts()
        var mustExist: Bool?
        var known = ["index", "indices", "must_exist"]
        if member.name != "remove_index" { known += ["alias", "aliases"] }
        if member.name == "add" { known += AliasParts.Key.allCases.map(\.rawValue) }
        for field in try member.value.members(of: parser) {
            guard known.contains(field.name) else { throw parser.unknown(field, known: known) }
            switch field.name {
            case "index", "indices": indices = try field.strings()
            case "alias", "aliases": aliases = try field.strings()
            case "must_exist": mustExist = try field.bool()
            default: if let key = AliasParts.Key(rawValue: field.name) { try parts.set(key, field) }
            }
        }
        if indices.isEmpty { throw .argument("One of [index] or [indices] is required", at: member.path) }
        if member.name != "remove_index", aliases.isEmpty || aliases.contains("") {
            throw .argument(
                aliases.isEmpty ? "One of [alias] or [aliases] is required" : "[alias] can't be empty string", at: member.path)
        }
        switch member.name {
        case "add": return .add(indices: indices, aliases: aliases, parts.metadata)
        case "remove": return .remove(indices: indices, aliases: aliases, mustExist: mustExist)
        default: return .removeIndex(indices)
        }
    }
}
