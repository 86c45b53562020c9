internal import Analysis
internal import Encoders
internal import Files
internal import ImagePreprocessing
internal import Indices
internal import Inference
internal import Ingest
internal import JSON
internal import Mapping
internal import Query
internal import SQL
internal import Scripts
internal import Shards

extension ElasticsearchError {
    /// The table of all errors that the layers below throw, a file a layer.
    ///
    /// - Returns: nil for an error that no layer declares.
    public init?(_ error: any Error) {
        switch error {
        case let error as ElasticsearchError: self = error
        case NegotiationError.error(let error): self = error
        case let error as IndicesError: self.init(error)
        case let error as SemanticFault: self.init(error)
        case let error as MappingError: self.init(error)
        case let error as AnalysisError: self.init(error)
        case let error as ShardError: self.init(error)
        case let error as AggregationFault: self.init(error)
        case let error as ScriptError: self.init(error)
        case let error as IngestFault: self.init(error)
        case let error as ImageError: self.init(error)
        case let error as InferenceError: self.init(error)
        case let error as ModelLayoutError: self = .state(500, error.reason)
        case let error as DataURIError: self.init(error)
        case let error as JSONError: self.init(error)
        case let error as FileError: self.init(error)
        case let error as SQLError: self.init(error)
        default: return nil
        }
    }

    /// What a client is told of an error that nobody foresaw: the rest is in the log.
    public static let internalError = ElasticsearchError(status: 500, "exception", "internal error, see the server's log")
}
