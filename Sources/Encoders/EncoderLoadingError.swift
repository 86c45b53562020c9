public import MatrixKernels

/// Why an encoder cannot be made from a model's files.
public enum EncoderLoadingError: Error, Equatable, Sendable {
    case weights(WeightsError)
    case matrix(MatrixError)
    /// The model has no such side.
    case noTextSide(folder: String)
    case noImageSide(folder: String)
}

/// Runs `body` with errors of either kind turned into the common one.
func loading<Result>(_ body: () throws -> sending Result) throws(EncoderLoadingError) -> sending Result {
    do {
        return try body()
    } catch let error as WeightsError {
        throw .weights(error)
    } catch let error as MatrixError {
        throw .matrix(error)
    } catch let error as EncoderLoadingError {
        throw error
    } catch {
        preconditionFailure("loading throws only these: \(error)")
    }
}
