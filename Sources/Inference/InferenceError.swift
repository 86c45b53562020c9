public import Encoders
public import Files
public import ImagePreprocessing
public import Tokenizers

/// Why an inference request, or a change to a deployment, failed. Indices are positions in the request.
public enum InferenceError: FileErrorWrapping, Equatable {
    case unknownModel(id: String)
    /// There is a folder of this name, which is no model that can be run here.
    case unusableFolder(id: String, ModelLayoutError)
    /// The model exists and nobody started it.
    case notDeployed(id: String)
    /// The deployment exists and does not serve: it is starting, stopping, or has failed.
    case notServing(id: String, state: DeploymentState)
    case alreadyDeployed(id: String)
    case unknownDeployment(id: String)
    /// A deployment cannot have the id of another model, or an alias.
    case deploymentIDIsModel(id: String)
    case deploymentIDIsAlias(id: String)
    /// A deployment that gives way has one allocation.
    case lowPriorityIsAlone
    case loadingFailed(id: String, ModelLoadingError)
    case noTextSide(id: String)
    case noImageSide(id: String)
    /// The text has more tokens than the model takes, and truncation was ruled out.
    case textTooLong(index: Int, tokens: Int, limit: Int)
    case image(index: Int, ImageError)
    case encoder(index: Int, EncoderError)
    case queueFull(id: String, capacity: Int)
    case timedOut(Duration)
    /// The task that asked was cancelled.
    case cancelled
    /// Contents with weights that leave no direction.
    case contentsCancelOut
    /// A text and a picture whose vectors are of different widths cannot become one.
    case differentSides(id: String)

    // MARK: models that come over the API

    /// The service was not given a folder to keep models in.
    case noStorage
    case file(FileError)
    /// The file that names aliases and deployments is not what this program writes.
    case damagedStore(path: String)
    case modelExists(id: String)
    case modelIDIsAlias(id: String)
    case modelIDIsDeployment(id: String)
    case modelIsDeployed(id: String)
    /// Another request is at its files.
    case modelIsChanging(id: String)
    /// Something else is where the model's folder should be.
    case folderInTheWay(String)
    /// Somebody put it into a directory, and may take it away.
    case modelIsFolder(id: String, folder: String)
    /// The model is complete without what was sent: somebody put it into a directory.
    case modelIsNoUpload(id: String)
    case noDefinition(id: String)
    case noVocabulary(id: String)
    case definitionExists(id: String)
    case vocabularyExists(id: String)
    /// Parts come one after another, from the first on.
    case partOutOfOrder(id: String, part: Int, expected: Int)
    /// The parts do not have the length, or the number, that was announced.
    case definitionLength(id: String, expected: Int, found: Int)
    /// The whole definition is none of a model that can be run here.
    case definitionRefused(id: String, ModelLayoutError)

    // MARK: aliases

    case unknownAlias(String)
    case aliasIsTaken(alias: String, modelID: String, by: String)
    case aliasIsModel
    case aliasIsDeployment
    case aliasOfAnother(alias: String, modelID: String)
    /// Requests by this name would no longer be answered.
    case aliasTargetNotDeployed(alias: String, modelID: String, former: String)
}

extension InferenceError {
    /// Whether one text or picture of the request is at fault, and the others may do without it.
    public var isOfOneInput: Bool {
        switch self {
        case .textTooLong, .image, .encoder: true
        default: false
        }
    }
}

/// Why a model's files did not become a working model.
public enum ModelLoadingError: Error, Equatable, Sendable {
    case tokenizer(TokenizerError)
    case preprocessor(PreprocessorError)
    case encoder(EncoderLoadingError)
    /// The preprocessing makes pictures of another size than the tower takes.
    case inputSizeMismatch(folder: String, preprocessing: PixelSize, encoder: Int)
}
