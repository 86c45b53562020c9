public import Analysis
public import JSON

/// What an index knows of its documents' fields: Elasticsearch's `mappings`, decoded and validated.
///
/// A value: updating makes another one with `merging(_:)`. `_source` and the root's settings stand beside the tree of
/// properties, and `field(_:)` finds any leaf by its dotted path.
///
/// Reference: https://www.elastic.co/docs/manage-data/data-store/mapping
public struct Mapping: Equatable, Sendable {
    /// The most levels of objects, whatever an index allows.
    public static let maximumDepth = 100

    /// What clients have written.
    var definition: MappingDefinition
    /// What the settings of its index say of it.
    public var environment: MappingEnvironment
    /// Fields, objects and multi-fields.
    let fieldCount: Int
    /// Every leaf and multi-field by its full path.
    let leaves: [String: FieldMapping]
    /// The paths whose objects are documents of their own.
    public let nestedPaths: Set<String>
    /// The paths that aliases stand for.
    let aliases: [String: String]
    /// The fields whose values models make vectors of, by path.
    public let semanticFields: [String: SemanticOptions]
    /// The vectors of their chunks, which no mapping shows, by path.
    let chunkFields: [String: FieldMapping]

    /// The properties at the root of a document.
    public var root: ObjectMapping { definition.root }
    /// Which parts of `_source` are stored.
    public var source: SourceMapping { definition.source }
    /// How fields that are not mapped are mapped when a document brings them.
    public var dynamic: DynamicSettings { definition.dynamic }
    /// `_routing.required`: nil when not set.
    public var routingRequired: Bool? { definition.routingRequired }
    /// `_meta`, echoed as it came.
    public var meta: JSONValue? { definition.meta }
    /// Fields that are computed when a search asks for them; each hides a mapped field of its name.
    public internal(set) var runtime: RuntimeFields {
        get { definition.runtime }
        set { definition.runtime = newValue }
    }
    /// The environment's analyzers.
    public var analysis: AnalysisRegistry? { environment.analysis }
    /// The environment's limits.
    public var limits: MappingLimits { environment.limits }

    /// No properties; everything is mapped dynamically.
    public init(analysis: AnalysisRegistry = .standard, similarities: SimilarityRegistry = .standard) {
        definition = MappingDefinition()
        environment = MappingEnvironment(analysis: analysis, similarities: similarities)
        leaves = [:]
        nestedPaths = []
        aliases = [:]
        semanticFields = [:]
        chunkFields = [:]
        fieldCount = 0
    }

    /// The same mapping in an index with these settings.
    ///
    /// - Parameter checksLimits: whether what is larger than the limits is refused: what an index has already stays, though
    ///   they may be lower now.
    /// - Throws: `MappingError.unknownAnalyzer`, `.unknownNormalizer`, `.unknownSimilarity`, or the limit that it breaks.
    public func bound(to environment: MappingEnvironment, checksLimits: Bool = true) throws(MappingError) -> Mapping {
        try Mapping(definition, in: environment, checksLimits: checksLimits)
    }

    /// - Throws: `MappingError` when the tree is deeper or larger than the limits, or names an analyzer that is not known.
    init(_ definition: MappingDefinition, in environment: MappingEnvironment, checksLimits: Bool = true) throws(MappingError) {
        let limits = checksLimits ? environment.limits : .unlimited
        self.environment = environment
        self.definition = definition
        if let analysis = environment.analysis { try self.definition.root.bind(to: analysis, environment.similarities) }
        var collector = LeafCollector(limits: limits)
        try collector.collect(self.definition.root, path: "", depth: 1)
        guard collector.count <= limits.fields else { throw .tooManyFields(limit: limits.fields) }
        guard collector.nestedPaths.count <= limits.nestedFields else { throw .tooManyNestedFields(limit: limits.nestedFields) }
        fieldCount = collector.count
        (leaves, aliases) = try Self.resolvingAliases(collector.leaves)
        nestedPaths = collector.nestedPaths
        semanticFields = collector.semanticFields
        chunkFields = collector.chunkFields
        if environment.analysis != nil { try validateAliases() }
    }

    /// The field at a dotted path, multi-fields (`caption.keyword`) among them; nil for objects and what is not mapped.
    ///
    /// - Complexity: O(1), or O(parts) for what is not mapped.
    public func field(_ path: String) -> FieldMapping? {
        if !runtime.isEmpty, let field = runtime.field(path) { return field }
        return leaves[path] ?? chunkFields[path] ?? openField(path)
    }

    /// The object at a dotted path; the empty path is the root.
    public func object(_ path: String) -> ObjectMapping? {
        var object = root
        for name in path.split(separator: ".") {
            guard case .object(let child) = object.properties[String(name)] else { return nil }
            object = child
        }
        return object
    }

    /// Every leaf and multi-field with its full path, by path; runtime fields too.
    public var fields: [(path: String, field: FieldMapping)] {
        if !runtime.isEmpty {
            return leaves.merging(runtime.named.mapValues(\.field)) { $1 }
                .map { (path: $0.key, field: $0.value) }.sorted { $0.path < $1.path }
        }
        return leaves.map { (path: $0.key, field: $0.value) }.sorted { $0.path < $1.path }
    }

    /// The fields whose paths match a pattern with `*`, by path.
    public func fields(matching pattern: String) -> [(path: String, field: FieldMapping)] {
        if let field = field(pattern) { return [(path: pattern, field: field)] }
        guard pattern.utf8.contains(UInt8(ascii: "*")) else { return [] }
        let wildcard = WildcardPattern(pattern)
        return fields.filter { wildcard.matches($0.path) }.map { (path: $0.path, field: field($0.path) ?? $0.field) }
    }
}

/// Flattens the tree, counting and measuring it on the way.
private struct LeafCollector {
    let limits: MappingLimits
    var leaves: [String: FieldMapping] = [:]
    var nestedPaths: Set<String> = []
    var semanticFields: [String: SemanticOptions] = [:]
    var chunkFields: [String: FieldMapping] = [:]
    var count = 0

    init(limits: MappingLimits) { self.limits = limits }

    mutating func collect(_ object: ObjectMapping, path: String, depth: Int, isNested: Bool = false) throws(MappingError) {
        for (name, node) in object.properties {
            let full = path.isEmpty ? name : path + "." + name
            count += 1
            if limits.nameLength < .max, name.utf16.count > limits.nameLength {
                throw .nameTooLong(name, limit: limits.nameLength)
            }
            switch node {
            case .object(let child):
                guard depth < limits.depth else { throw .tooDeep(limit: limits.depth, object: full) }
                if child.nested != nil { nestedPaths.insert(full) }
                try collect(child, path: full, depth: depth + 1, isNested: isNested || child.nested != nil)
            case .field(let field):
                leaves[full] = field
                try note(field, full, isNested: isNested)
                count += field.fields.count
                for (subname, subfield) in field.allFields {
                    leaves[full + "." + subname] = subfield
                    try note(subfield, full + "." + subname, isNested: isNested)
                }
            }
        }
    }

    /// A semantic field has nested objects that the tree does not.
    private mutating func note(_ field: FieldMapping, _ path: String, isNested: Bool) throws(MappingError) {
        guard let options = field.semantic else { return }
        guard !isNested else { throw .semantic(.nested(type: options.content.rawValue), field: path) }
        semanticFields[path] = options
        nestedPaths.insert(SemanticPaths.chunks(of: path))
        guard let model = options.model else { return }
        chunkFields[SemanticPaths.embeddings(of: path)] = FieldMapping(type: .denseVector(options.vectorOptions(of: model)))
    }
}
