public import JSON

/// Why a mapping is refused. Each case notes Elasticsearch's reason for it.
public enum MappingError: Error, Equatable, Sendable {
    /// `unknown parameter [x] on mapper [f] of type [t]`
    case unknownParameter(name: String, field: String, type: String)
    /// `Root mapping definition has unsupported parameters:  [x : …]`
    case unknownRootParameter(name: String, value: JSONValue)
    /// `No handler for type [t] declared on field [f]`
    case unknownType(String, field: String)
    /// `No type specified for field [f]`
    case missingType(field: String)
    /// `Expected map for property [fields] on field [f] but got …`: a definition that is no object.
    case notAnObject(field: String)
    /// `[x] on mapper [f] of type [t] must not have a [null] value`
    case nullParameter(name: String, field: String, type: String)
    /// A value of the wrong kind: `Failed to parse value [v] as only [true] or [false] are allowed.` for booleans.
    case malformedParameter(name: String, field: String, value: JSONValue, expected: ParameterExpectation)
    /// A whole number that the parameter does not go up or down to.
    case parameterOutOfRange(name: String, field: String, value: JSONValue, allowed: ClosedRange<Int>)
    /// `Unknown value [v] for field [x] - accepted values are […]`
    case unknownParameterValue(name: String, field: String, value: String, accepted: [String])
    /// `[ignore_above] must be non-negative, got [n]`
    case negativeLimit(Int, field: String)
    /// `[null_value] must be a positive normal float for field of type [rank_feature]`
    case nullFeatureNotPositive(type: String, field: String)
    /// `Field [x] is required` / `[index_options] requires field [type] to be configured`
    case missingParameter(name: String, field: String)
    /// `Invalid format: [p]: …`
    case invalidDateFormat(String, field: String)
    /// `The number of dimensions should be in the range [1, 4096] but was [n]`
    case dimensionsOutOfRange(Int, VectorElementType = .float, field: String)
    /// `The number of dimensions for should be a multiple of 8 but was [n]`, of bits
    case dimensionsNotWholeBytes(Int, field: String)
    /// `The [l2_norm] similarity is the only supported similarity for bit vectors`
    case unsupportedBitSimilarity(field: String)
    /// `Field [x] can only be specified for a field of type [dense_vector] when it is indexed`
    case requiresIndexedVector(parameter: String, field: String)
    /// `Unknown vector index options type [t] for field [f]`
    case unknownVectorIndexType(String, field: String)
    /// `Mapping definition for [f] has unsupported parameters:  [x : …]`
    case unknownIndexOption(name: String, field: String, value: JSONValue)
    /// `t only supports even dimensions; provided=n`
    case oddDimensions(Int, indexType: String, field: String)
    /// `t does not support dimensions fewer than 64; provided=n`
    case tooFewDimensions(Int, minimum: Int, indexType: String, field: String)
    /// `invalid element_type [t]; available types are […]`
    case unknownElementType(String, field: String)
    /// `[element_type] cannot be [byte] when using index type [int8_hnsw]`
    case unsupportedElementType(VectorElementType, indexType: String, field: String)
    /// `Invalid rescore_vector value. Missing required field oversample`, `oversample must be greater than 1 or exactly 0`,
    /// `oversample must be less than or equal to 10`
    case invalidOversample(OversampleProblem, field: String)
    /// `cluster_size must be between 64 and 65536, got: n`
    case clusterSizeOutOfRange(JSONValue, allowed: ClosedRange<Int>, field: String)
    /// `default_visit_percentage must be between 0.0 and 100.0, got: x for field [f]`
    case visitPercentageOutOfRange(JSONValue, field: String)
    /// `analyzer [a] has not been configured in mappings`
    case unknownAnalyzer(String, field: String)
    /// `normalizer [n] not found for field [f]`
    case unknownNormalizer(String, field: String)
    /// `Unknown Similarity type [s] for field [f]`
    case unknownSimilarity(String, field: String)
    /// `name cannot be an empty string` / `field name cannot contain only whitespace`
    case invalidFieldName(String)
    /// `Limit of mapping depth [20] has been exceeded due to object field [f]`
    case tooDeep(limit: Int, object: String)
    /// `Limit of total fields [1000] has been exceeded`
    case tooManyFields(limit: Int)
    /// `Limit of total fields [1000] has been exceeded while adding new fields [n]`
    case tooManyNewFields(Int, limit: Int)
    /// `Field name [x] is longer than the limit of [n] characters`
    case nameTooLong(String, limit: Int)
    /// `mapper [f] cannot be changed from type [a] to [b]`
    case typeConflict(field: String, old: String, new: String)
    /// `can't merge a non object mapping [f] with an object mapping` and the reverse
    case objectConflict(field: String, wasObject: Bool)
    /// `can't merge a non-nested mapping [f] with a nested mapping`, whichever of the two was there
    case nestedConflict(field: String)
    /// `the [subobjects] parameter can't be updated for the object mapping [o]`
    case objectParameterConflict(String, object: String)
    /// `unknown subobjects value: v`
    case unknownSubobjects(JSONValue)
    /// `Tried to add nested object [n] to object [o] which does not support subobjects`
    case nestedInFlat(name: String, object: String)
    /// `Object mapper [n] was found in a context where subobjects is set to false. Auto-flattening [n] failed because …`
    case cannotFlatten(name: String, FlatteningProblem)
    /// `the [include_in_root] parameter can't be updated on a nested object mapping`
    case nestedParameterConflict(String)
    /// `Limit of nested fields [100] has been exceeded`
    case tooManyNestedFields(limit: Int)
    /// `Mapper for [f] conflicts with existing mapper:\n\tCannot update parameter [x] from [a] to [b]`, a line each
    case parameterConflict(field: String, conflicts: [ParameterConflict])
    /// `dynamic_templates` entry that cannot be read; `Failed to parse dynamic template: …`
    case invalidDynamicTemplate(name: String, problem: DynamicTemplateProblem)

    /// `Invalid [path] value [p] for field alias [f]: an alias must refer to an existing field in the mappings.`
    case invalidAlias(path: String, field: String, problem: AliasProblem)
    /// `[search_as_you_type] … does not support doc values`
    case docValuesOfText(field: String)

    /// Why an object is more than its properties.
    public enum FlatteningProblem: Equatable, Sendable {
        case dynamic(ObjectMapping.Dynamic, outer: ObjectMapping.Dynamic)
        case disabled
        case subobjects
    }

    /// Why a field cannot be an alias of another.
    public enum AliasProblem: Equatable, Sendable {
        case missingTarget, targetIsAlias, itself
    }
    /// A semantic field that cannot be as it is defined.
    case semantic(SemanticProblem, field: String)
    /// A definition under `runtime` or `runtime_mappings` that is not understood.
    case runtimeField(String, RuntimeFieldProblem)

    /// What is wrong with a `rescore_vector`'s `oversample`.
    public enum OversampleProblem: Equatable, Sendable {
        case missing, tooSmall, tooLarge
    }

    /// What a parameter must be.
    public enum ParameterExpectation: String, Equatable, Sendable {
        case boolean, integer, number, string, strings, object, scalar, address
    }

    /// A parameter that cannot change from one value to another.
    public struct ParameterConflict: Equatable, Sendable {
        public var parameter: String
        public var old: JSONValue
        public var new: JSONValue

        public init(parameter: String, old: JSONValue, new: JSONValue) {
            self.parameter = parameter
            self.old = old
            self.new = new
        }
    }

    /// What is wrong with a dynamic template.
    public enum DynamicTemplateProblem: Equatable, Sendable {
        case notASingleKeyObject
        case unknownParameter(String)
        case malformedParameter(String)
        case missingMapping
        case unknownMappingType(String)
        case unsupportedPatternSyntax(String)
        /// A regular expression that cannot be read, or needs backtracking.
        case malformedPattern(String)
        /// The mapping that the template would give is refused.
        indirect case invalidMapping(MappingError)
    }
}
