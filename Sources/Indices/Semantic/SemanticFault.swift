public import Inference

/// Why a document's semantic field gets no vectors: the document is refused.
public struct SemanticFault: Error, Sendable {
    /// What went wrong.
    public enum Problem: Sendable {
        /// `Inference id [x] not found for field [f]`
        case endpointNotFound(String)
        /// `Exception when running inference id [x] on field [f]`
        case embedding(inferenceID: String, cause: any Error)
        /// An endpoint whose task is not the field's.
        case wrongTask(inferenceID: String, task: String, type: String)
        /// `Invalid format for field [f]: expected [String|Number|Boolean], got [x]`
        case notText(String)
        /// `Required [type, value]`
        case missing([String])
        case unknownKey(String)
        /// `Unrecognized type [x], must be one of [text, image, audio, video, pdf]`
        case unknownType(String)
        /// A type that no model here takes.
        case unsupportedType(String)
        /// `Unrecognized format [x], must be one of [text, base64]`
        case unknownFormat(String)
        /// `Data type [text] does not support data format [base64], supported formats are [text]`
        case wrongFormat(type: String, format: String, supported: String)
        case dataURI(DataURIError)
        /// `Input for field [f] from source field [s] has an empty base64 payload.`
        case emptyPayload
        case tooLong(limit: Int)
        /// `Input for field [f] from source field [s] has no description. …`
        case descriptionMissing
    }

    public var field: String
    /// The field that the value stands in.
    public var source: String
    public var problem: Problem

    public init(field: String, source: String, problem: Problem) {
        self.field = field
        self.source = source
        self.problem = problem
    }
}
