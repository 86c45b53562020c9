internal import JSON
internal import Mapping

/// `indices.mappings` of `_cluster/stats`: how many fields of which types the indices have.
struct MappingStatistics {
    private let mappings: [Mapping]

    init(_ mappings: [Mapping]) {
        self.mappings = mappings
    }

    private struct TypeCount {
        var fields = 0
        var indices = 0
        var vectors: [DenseVectorOptions] = []
    }

    var json: JSONValue {
        var counts: [String: TypeCount] = [:]
        for mapping in mappings {
            var seen: Set<String> = []
            for (_, field) in mapping.fields {
                let name = field.type.name
                counts[name, default: TypeCount()].fields += 1
                if seen.insert(name).inserted { counts[name]?.indices += 1 }
                if case .denseVector(let options) = field.type { counts[name]?.vectors.append(options) }
            }
        }
        let total = counts.values.reduce(0) { $0 + $1.fields }
        return [
            "total_field_count": .int(total), "total_deduplicated_field_count": .int(total),
            "total_deduplicated_mapping_size_in_bytes": 0,
            "field_types": .array(counts.sorted { $0.key < $1.key }.map { .object(Self.members($0.key, $0.value)) }),
            "runtime_field_types": [], "source_modes": mappings.isEmpty ? [:] : ["stored": .int(mappings.count)],
        ]
    }

    private static func members(_ name: String, _ count: TypeCount) -> JSONMembers {
        var members: JSONMembers = [
            "name": .string(name), "count": .int(count.fields), "index_count": .int(count.indices), "script_count": 0,
        ]
        if count.vectors.isEmpty { return members }
        let indexed = count.vectors.filter(\.isIndexed)
        let dimensions = indexed.compactMap(\.dimensions)
        members["indexed_vector_count"] = .int(indexed.count)
        members["indexed_vector_dim_min"] = .int(dimensions.min() ?? 0)
        members["indexed_vector_dim_max"] = .int(dimensions.max() ?? 0)
        members["vector_index_type_count"] = tally(
            count.vectors.map { $0.isIndexed ? $0.indexOptions.type.rawValue : "not_indexed" })
        members["vector_similarity_type_count"] = tally(indexed.map(\.similarity.rawValue))
        members["vector_element_type_count"] = tally(count.vectors.map(\.elementType.rawValue))
        return members
    }

    private static func tally(_ names: [String]) -> JSONValue {
        .object(Dictionary(grouping: names, by: { $0 }).sorted { $0.key < $1.key }.map { ($0.key, JSONValue.int($0.value.count)) }.members)
    }
}
