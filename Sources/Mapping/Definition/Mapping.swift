public import Analysis
public import JSON

/// What an index knows of its documents' fields: Elasticsearch's `mappings`, decoded and validated.
///
/// A value: updating makes another one with `merging(_:)`. `_source` and the root's settings stand beside the tree of
/// properties, and `field(_:)` finds any leaf by its dotted path.
///
/// Reference: https://www.elastic.co/docs/manage-data/data-store/mapping
public struct Mapping: Equatable, Sendable {
    /// The most levels of objects, Elasticsearch's `index.mapping.depth.limit`.
    public static let maximumDepth = 20
    /// The most fields, objects and multi-fields, Elasticsearch's `index.mapping.total_fields.limit`.
    public static let maximumFields = 1000

    /// The properties at the root of a document.
    public let root: ObjectMapping
    /// Which parts of `_source` are stored.
    public let source: SourceMapping
    /// How fields that are not mapped are mapped when a document brings them.
    public let dynamic: DynamicSettings
    /// `_routing.required`: nil when not set.
    public let routingRequired: Bool?
    /// `_meta`, echoed as it came.
    public let meta: JSONValue?
    /// The analyzers that fields may name; nil: names are looked up when the mapping is merged into an index's.
    public let analysis: AnalysisRegistry?
    /// The similarities that fields may name.
    public let similarities: SimilarityRegistry
    /// Every leaf and multi-field by its full path.
    let leaves: [String: FieldMapping]
    /// The paths that aliases stand for.
    let aliases: [String: String]

    /// No properties; everything is mapped dynamically.
    public init(analysis: AnalysisRegistry = .standard, similarities: SimilarityRegistry = .standard) {
        self.similarities = similarities
        root = ObjectMapping()
        source = SourceMapping()
        dynamic = DynamicSettings()
        routingRequired = nil
        meta = nil
        self.analysis = analysis
        leaves = [:]
        aliases = [:]
    }

    /// The same mapping in an index whose settings describe these analyzers and similarities.
    ///
    /// - Throws: `MappingError.unknownAnalyzer`, `.unknownNormalizer`, `.unknownSimilarity`.
    public func bound(
        to analysis: AnalysisRegistry, _ similarities: SimilarityRegistry = .standard
    ) throws(MappingError) -> Mapping {
        try Mapping(
            root: root, source: source, dynamic: dynamic, routingRequired: routingRequired, meta: meta, analysis: analysis,
            similarities: similarities)
    }

    /// - Throws: `MappingError` when the tree is deeper or larger than the limits, or names an analyzer that is not known.
    init(
        root: ObjectMapping, source: SourceMapping, dynamic: DynamicSettings, routingRequired: Bool?, meta: JSONValue?,
        analysis: AnalysisRegistry?, similarities: SimilarityRegistry
    ) throws(MappingError) {
        var root = root
        if let analysis { try root.bind(to: analysis, similarities) }
        self.similarities = similarities
        self.analysis = analysis
        self.root = root
        self.source = source
        self.dynamic = dynamic
        self.routingRequired = routingRequired
        self.meta = meta
        var collector = LeafCollector()
        try collector.collect(root, path: "", depth: 1)
        guard collector.count <= Self.maximumFields else { throw .tooManyFields(limit: Self.maximumFields) }
        (leaves, aliases) = try Self.resolvingAliases(collector.leaves)
        if analysis != nil { try validateAliases() }
    }

    /// The field at a dotted path, multi-fields (`caption.keyword`) among them; nil for objects and what is not mapped.
    ///
    /// - Complexity: O(1), or O(parts) for what is not mapped.
    public func field(_ path: String) -> FieldMapping? { leaves[path] ?? openField(path) }

    /// The object at a dotted path; the empty path is the root.
    public func object(_ path: String) -> ObjectMapping? {
        var object = root
        for name in path.split(separator: ".") {
            guard case .object(let child) = object.properties[String(name)] else { return nil }
            object = child
        }
        return object
    }

    /// Every leaf and multi-field with its full path, by path.
    public var fields: [(path: String, field: FieldMapping)] {
        leaves.map { (path: $0.key, field: $0.value) }.sorted { $0.path < $1.path }
    }

    /// The fields whose paths match a pattern with `*`, by path.
    public func fields(matching pattern: String) -> [(path: String, field: FieldMapping)] {
        if let field = field(pattern) { return [(path: pattern, field: field)] }
        guard pattern.utf8.contains(UInt8(ascii: "*")) else { return [] }
        let wildcard = WildcardPattern(pattern)
        return fields.filter { wildcard.matches($0.path) }
    }
}

/// Flattens the tree, counting and measuring it on the way.
private struct LeafCollector {
    var leaves: [String: FieldMapping] = [:]
    var count = 0

    mutating func collect(_ object: ObjectMapping, path: String, depth: Int) throws(MappingError) {
        for (name, node) in object.properties {
            let full = path.isEmpty ? name : path + "." + name
            count += 1
            switch node {
            case .object(let child):
                guard depth < Mapping.maximumDepth else { throw .tooDeep(limit: Mapping.maximumDepth, object: full) }
                try collect(child, path: full, depth: depth + 1)
            case .field(let field):
                leaves[full] = field
                count += field.fields.count
                for (subname, subfield) in field.allFields { leaves[full + "." + subname] = subfield }
            }
        }
    }
}
