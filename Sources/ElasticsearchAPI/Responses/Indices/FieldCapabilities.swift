public import Indices
public import JSON
public import Mapping

/// What `_field_caps` says: what can be done with the fields of several indices.
public struct FieldCapabilities: Sendable {
    /// Which fields are wanted.
    public struct Selection: Sendable {
        /// With `*`.
        public var patterns: [String]
        /// Types that are wanted; empty: all.
        public var types: Set<String> = []
        /// `+metadata`, `-metadata`, `-parent`, `-nested`, `-multifield`.
        public var filters: Set<String> = []
        public var includesUnmapped = false
        /// By index, the fields that some document has; nil: it does not matter.
        public var present: [String: Set<String>]?
        /// Fields that the request adds to every index.
        public var runtime = RuntimeFields()

        public init(patterns: [String]) {
            self.patterns = patterns
        }
    }

    private struct Capability: Hashable {
        var type: String
        var isMetadata = false
        var isSearchable: Bool
        var isAggregatable: Bool
    }

    /// Fields that every index has, with what can be done with them.
    private static let metadataFields: [(name: String, Capability)] = [
        ("_data_stream_timestamp", Capability(type: "_data_stream_timestamp", isMetadata: true, isSearchable: true, isAggregatable: false)),
        ("_doc_count", Capability(type: "integer", isMetadata: true, isSearchable: false, isAggregatable: false)),
        ("_feature", Capability(type: "_feature", isMetadata: true, isSearchable: true, isAggregatable: false)),
        ("_field_names", Capability(type: "_field_names", isMetadata: true, isSearchable: true, isAggregatable: false)),
        ("_id", Capability(type: "_id", isMetadata: true, isSearchable: true, isAggregatable: false)),
        ("_ignored", Capability(type: "_ignored", isMetadata: true, isSearchable: true, isAggregatable: true)),
        ("_index", Capability(type: "_index", isMetadata: true, isSearchable: true, isAggregatable: true)),
        ("_nested_path", Capability(type: "_nested_path", isMetadata: true, isSearchable: true, isAggregatable: false)),
        ("_routing", Capability(type: "_routing", isMetadata: true, isSearchable: true, isAggregatable: false)),
        ("_seq_no", Capability(type: "_seq_no", isMetadata: true, isSearchable: true, isAggregatable: true)),
        ("_source", Capability(type: "_source", isMetadata: true, isSearchable: false, isAggregatable: false)),
        ("_tier", Capability(type: "keyword", isMetadata: true, isSearchable: true, isAggregatable: true)),
        ("_version", Capability(type: "_version", isMetadata: true, isSearchable: false, isAggregatable: true)),
    ]

    private let indices: [String]
    /// By field: the capability in each index that has it, by index.
    private var fields: [String: [String: Capability]] = [:]
    private let includesUnmapped: Bool

    public init(_ indices: [IndexMetadata], _ selection: Selection) {
        self.indices = indices.map(\.name)
        includesUnmapped = selection.includesUnmapped
        let patterns = selection.patterns.map { WildcardPattern($0) }
        for index in indices {
            for (name, capability) in Self.capabilities(of: index.mapping.searched(with: selection.runtime), selection.filters) {
                guard patterns.contains(where: { $0.matches(name) }) else { continue }
                if let present = selection.present?[index.name], !capability.isMetadata, capability.type != "object",
                    capability.type != "nested", !present.contains(name)
                {
                    continue
                }
                if !selection.types.isEmpty, !selection.types.contains(capability.type) { continue }
                fields[name, default: [:]][index.name] = capability
            }
        }
    }

    private static func capabilities(of mapping: Mapping, _ filters: Set<String>) -> [(String, Capability)] {
        var found: [(String, Capability)] = []
        if !filters.contains("-metadata") { found += metadataFields }
        if filters.contains("+metadata") { return found }
        if !filters.contains("-parent") {
            found += mapping.root.objects(below: "").map { path, isNested in
                (path, Capability(type: isNested ? "nested" : "object", isSearchable: false, isAggregatable: false))
            }
        }
        if filters.contains("-nested") { found.removeAll { mapping.isNested($0.0) || mapping.nestedPath(around: $0.0) != nil } }
        for (path, field) in mapping.fields {
            if filters.contains("-nested"), mapping.nestedPath(around: path) != nil { continue }
            if filters.contains("-multifield"), let parent = path.lastIndex(of: "."), mapping.field(String(path[..<parent])) != nil {
                continue
            }
            found.append(
                (path, Capability(type: field.type.family, isSearchable: field.isSearchable, isAggregatable: field.hasDocValues)))
        }
        return found
    }

    public var json: JSONValue {
        [
            "indices": .array(indices.sorted().map { .string($0) }),
            "fields": .object(fields.sorted { $0.key < $1.key }.map { ($0.key, .object(types(of: $0.value))) }.members),
        ]
    }

    private func types(of field: [String: Capability]) -> JSONMembers {
        let byType = Dictionary(grouping: field, by: { $0.value.type })
        let unmapped = indices.filter { field[$0] == nil }.sorted()
        let isUnmappedShown = includesUnmapped && !unmapped.isEmpty
        var members = JSONMembers()
        for (type, entries) in byType.sorted(by: { $0.key < $1.key }) {
            let isSplit = byType.count > 1 || isUnmappedShown
            members[type] = .object(capability(type, entries.map { (index: $0.key, $0.value) }.sorted { $0.index < $1.index }, isSplit))
        }
        if isUnmappedShown {
            members["unmapped"] = [
                "type": "unmapped", "metadata_field": false, "searchable": false, "aggregatable": false,
                "indices": .array(unmapped.map { .string($0) }),
            ]
        }
        return members
    }

    private func capability(_ type: String, _ entries: [(index: String, Capability)], _ isSplit: Bool) -> JSONMembers {
        let unsearchable = entries.filter { !$0.1.isSearchable }.map(\.index)
        let unaggregatable = entries.filter { !$0.1.isAggregatable }.map(\.index)
        var members: JSONMembers = [
            "type": .string(type), "metadata_field": .bool(entries.allSatisfy(\.1.isMetadata)), "searchable": .bool(unsearchable.isEmpty),
            "aggregatable": .bool(unaggregatable.isEmpty),
        ]
        if isSplit { members["indices"] = .array(entries.map { .string($0.index) }) }
        if !unsearchable.isEmpty, unsearchable.count < entries.count {
            members["non_searchable_indices"] = .array(unsearchable.map { .string($0) })
        }
        if !unaggregatable.isEmpty, unaggregatable.count < entries.count {
            members["non_aggregatable_indices"] = .array(unaggregatable.map { .string($0) })
        }
        return members
    }
}

extension ObjectMapping {
    /// The objects in it, at any depth.
    ///
    /// - Parameter path: its own.
    func objects(below path: String) -> [(path: String, isNested: Bool)] {
        properties.flatMap { name, node -> [(path: String, isNested: Bool)] in
            guard case .object(let child) = node else { return [] }
            let full = path.isEmpty ? name : path + "." + name
            return [(full, child.nested != nil)] + child.objects(below: full)
        }
    }
}
