public import Indices

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
            case "must_exist":
                guard member.name == "remove" else {
                    throw .argument("[must_exist] is unsupported for [\(member.name.uppercased())]", at: field.path)
                }
                mustExist = try field.bool()
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
