public import Indices
public import JSON
internal import Mapping

/// What `GET _mapping/field` says.
public enum FieldMappings {
    /// - Parameter patterns: names of fields, with `*`.
    public static func json(_ indices: [IndexMetadata], _ patterns: [String]) -> JSONValue {
        .object(
            indices.map { index -> (String, JSONValue) in
                var mappings = JSONMembers()
                for pattern in patterns {
                    for (path, field) in index.mapping.fields(matching: pattern) {
                        let name = path.split(separator: ".").last.map(String.init) ?? path
                        mappings[path] = ["full_name": .string(path), "mapping": .object([(name, field.encoded)].members)]
                    }
                }
                return (index.name, ["mappings": .object(mappings)])
            }.members)
    }
}
