internal import JSON

/// `dynamic: runtime`: what is not mapped becomes a runtime field, and nothing of it is indexed.
extension DocumentReader {
    mutating func addRuntime(_ value: JSONElement, _ context: Context) throws(DocumentParsingError) {
        if isCopying || isLenient || value.isNull { return }
        if let members = value.object {
            guard context.depth < mapping.limits.depth, context.depth < Mapping.maximumDepth else {
                throw .mapping(.tooDeep(limit: mapping.limits.depth, object: context.path))
            }
            for (key, member) in members {
                var inner = context
                (inner.name, inner.path, inner.object) = (key, context.path + "." + key, context.path)
                inner.depth += 1
                try addRuntime(member, inner)
            }
            return
        }
        if let array = value.array {
            for element in array { try addRuntime(element, context) }
            return
        }
        guard mapping.runtime[context.path] == nil, runtimeAdditions[context.path] == nil, let type = detectedType(value) else { return }
        // A template maps a field whatever else becomes of fields here.
        if let node = try templateNode(type, context) {
            guard try count(node) else { return }
            additions[context.path] = node
            return try read(value, node: node, context)
        }
        let fields = mapping.fieldCount + mapping.runtime.fields.count + addedCount + 1
        guard fields <= mapping.limits.fields else {
            if mapping.limits.ignoresFieldsBeyond { return }
            throw .mapping(.tooManyNewFields(addedCount + 1, limit: mapping.limits.fields))
        }
        addedCount += 1
        runtimeAdditions[context.path] = definition(type, value)
    }

    private func definition(_ type: DynamicTemplate.DetectedType, _ value: JSONElement) -> JSONValue {
        switch type {
        case .long, .double, .boolean: return ["type": .string(type.rawValue)]
        case .date:
            guard let format = detectedDateFormat(value.string ?? ""), format != DynamicSettings.defaultDateFormats[0] else {
                return ["type": "date"]
            }
            return ["type": "date", "format": .string(format)]
        case .string, .object, .binary: return ["type": "keyword"]
        }
    }
}
