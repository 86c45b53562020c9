internal import JSON

extension PipelineRun {
    /// - Returns: false if the document was dropped.
    mutating func run(_ each: ForeachProcessor, _ document: inout IngestDocument) async throws -> Bool {
        guard let value = document.find(each.field), !value.isNull else {
            if each.ignoresMissing { return true }
            _ = try document.value(at: each.field)
            throw IngestFault.fieldIsNull(each.field.text, action: "loop over its elements")
        }
        let place = try FieldPath("_ingest._value"), keyPlace = try FieldPath("_ingest._key")
        let outer = document.ingest["_value"], outerKey = document.ingest["_key"]
        defer {
            if var ingest = document.ingest.object {
                ingest["_value"] = outer
                ingest["_key"] = outerKey
                document.ingest = .object(ingest)
            }
        }
        if let array = value.array {
            var changed: [JSONValue] = []
            for element in array {
                try document.set(place, element)
                guard try await step(each.processor, &document) else { return false }
                changed.append(document.find(place) ?? .null)
            }
            try document.set(each.field, .array(changed))
        } else if let object = value.object {
            var changed: [(String, JSONValue)] = []
            for member in object {
                try document.set(place, member.value)
                try document.set(keyPlace, .string(member.key))
                guard try await step(each.processor, &document) else { return false }
                let key = document.find(keyPlace)?.string ?? member.key
                if let value = document.find(place) { changed.append((key, value)) }
            }
            try document.set(each.field, .object(JSONMembers(changed)))
        } else {
            throw IngestFault.wrongType(each.field.text, actual: value.typeName, expected: "java.util.List")
        }
        return true
    }
}
