internal import Encoders
internal import ImagePreprocessing
internal import Inference
internal import Tokenizers

extension ModelLoadingError {
    var reason: String {
        switch self {
        case .tokenizer(let error): error.reason
        case .preprocessor(let error): error.reason
        case .encoder(let error): error.reason
        case .inputSizeMismatch(let folder, let preprocessing, let encoder):
            "[\(folder)] makes pictures of [\(preprocessing.width)x\(preprocessing.height)] pixels for an encoder of "
                + "[\(encoder)x\(encoder)]"
        }
    }
}

extension TokenizerError {
    fileprivate var reason: String {
        switch self {
        case .noTokenizer(let folder): "[\(folder)] has no tokenizer"
        case .file(let error): error.reason
        case .malformed(let file, let reason): "[\(file)] is malformed: \(reason)"
        case .unsupported(let file, let field, let value): "[\(file)]: [\(field)] cannot be [\(value)]"
        case .missingToken(let file, let token): "[\(file)] lacks the token [\(token)]"
        }
    }
}

extension PreprocessorError {
    fileprivate var reason: String {
        switch self {
        case .file(let error): error.reason
        case .malformed(let file, let reason): "[\(file)] is malformed: \(reason)"
        case .unsupported(let file, let field, let value): "[\(file)]: [\(field)] cannot be [\(value)]"
        }
    }
}

extension EncoderLoadingError {
    fileprivate var reason: String {
        switch self {
        case .weights(let error): error.reason
        case .matrix(let error): error.reason
        case .noTextSide(let folder): "[\(folder)] has no text side"
        case .noImageSide(let folder): "[\(folder)] has no image side"
        }
    }
}
