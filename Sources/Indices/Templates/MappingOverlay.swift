internal import JSON

/// Lays one mapping's JSON over another's, as the templates of an index are composed: objects grow together, a field's
/// definition is replaced whole.
enum MappingOverlay {
    static func merge(_ base: JSONValue, _ other: JSONValue) -> JSONValue {
        guard var members = base.object, let additions = other.object else { return other }
        for addition in additions {
            switch (addition.key, members[addition.key]) {
            case ("properties", let old?): members["properties"] = properties(old, addition.value)
            case ("_meta", let old?): members["_meta"] = deep(old, addition.value)
            case ("dynamic_templates", let old?): members["dynamic_templates"] = templates(old, addition.value)
            default: members[addition.key] = addition.value
            }
        }
        return .object(members)
    }

    private static func properties(_ base: JSONValue, _ other: JSONValue) -> JSONValue {
        guard var members = base.object, let additions = other.object else { return other }
        for addition in additions {
            let old = members[addition.key]
            let areObjects = old?["properties"] != nil && addition.value["properties"] != nil
            members[addition.key] = areObjects ? merge(old ?? .null, addition.value) : addition.value
        }
        return .object(members)
    }

    private static func deep(_ base: JSONValue, _ other: JSONValue) -> JSONValue {
        guard var members = base.object, let additions = other.object else { return other }
        for addition in additions {
            members[addition.key] = members[addition.key].map { deep($0, addition.value) } ?? addition.value
        }
        return .object(members)
    }

    /// Templates are known by their names, and stay in order.
    private static func templates(_ base: JSONValue, _ other: JSONValue) -> JSONValue {
        var list = base.array ?? []
        for template in other.array ?? [] {
            let name = template.object?.first { _ in true }?.key
            if let index = list.firstIndex(where: { $0.object?.first { _ in true }?.key == name }) {
                list[index] = template
            } else {
                list.append(template)
            }
        }
        return .array(list)
    }
}
