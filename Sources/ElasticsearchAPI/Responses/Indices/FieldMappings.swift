public import Indices
public import JSON
internal import Mapping

/// What `GET _mapping/field` says.
public enum FieldMappings {
    /// - Parameters:
    ///   - patterns: names of fields, with `*`.
    ///   - includesDefaults: whether parameters that were not given are shown, too.
    public static func json(_ indices: [IndexMetadata], _ patterns: [String], includesDefaults: Bool = false) -> JSONValue {
        .object(
            indices.map { index -> (String, JSONValue) in
                var mappings = JSONMembers()
                for pattern in patterns {
                    for (path, field) in index.mapping.fields(matching: pattern) {
                        let name = path.split(separator: ".").last.map(String.init) ?? path
                        mappings[path] = ["full_name": .string(path), "mapping": .object([(name, includesDefaults ? field.encodedWithDefaults : field.encoded)].members)]
                    }
                }
                return (index.name, ["mappings": .object(mappings)])
            }.members)
    }
}
