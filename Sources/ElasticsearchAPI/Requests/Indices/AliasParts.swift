internal import Indices
internal import JSON

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
