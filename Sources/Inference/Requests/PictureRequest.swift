internal import ImagePreprocessing
internal import Threads

/// The pictures of one request on their way through preparation and encoding.
struct PictureRequest: Sendable {
    /// Two batches, so that one is prepared while the other is encoded.
    private static let picturesInFlight = 16

    let deployment: Deployment
    let preprocessor: ImagePreprocessor
    let pool: BlockingPool
    let arrival: ContinuousClock.Instant
    /// For everything that happens after `arrival`.
    let timeout: Duration

    /// The vectors in the order of the pictures. A few pictures at a time are under way, each in a place of the deployment.
    func embed(_ images: [[UInt8]]) async throws(InferenceError) -> [[Float]] {
        let places = min(images.count, Self.picturesInFlight, deployment.queueCapacity)
        try deployment.takePlaces(places)
        defer { deployment.releasePlaces(places) }
        let outcome = await withTaskGroup(of: (Int, Result<[Float], InferenceError>).self) { group in
            var vectors = [[Float]](repeating: [], count: images.count)
            var next = 0
            func addNext() {
                guard next < images.count else { return }
                let index = next
                next += 1
                group.addTask { (index, await embed(images[index], at: index)) }
            }
            for _ in 0..<places { addNext() }
            while let (index, result) = await group.next() {
                switch result {
                case .success(let vector): vectors[index] = vector
                case .failure(let error):
                    group.cancelAll()
                    return Result<[[Float]], InferenceError>.failure(error)
                }
                addNext()
            }
            return .success(vectors)
        }
        return try outcome.get()
    }

    private func embed(_ bytes: [UInt8], at index: Int) async -> Result<[Float], InferenceError> {
        guard !Task.isCancelled else { return .failure(.cancelled) }
        do throws(InferenceError) {
            let values = try await pool.run { prepare(bytes, at: index) }.get()
            return .success(try await deployment.encode([.image(values)], at: [index], arrival: arrival, timeout: timeout)[0])
        } catch {
            return .failure(error)
        }
    }

    /// A picture whose time is over when its turn comes is not decoded.
    private func prepare(_ bytes: [UInt8], at index: Int) -> Result<[Float], InferenceError> {
        guard ContinuousClock.now < arrival + timeout else {
            deployment.countTimeout()
            return .failure(.timedOut(timeout))
        }
        do throws(ImageError) {
            return .success(try preprocessor.tensor(decoding: bytes))
        } catch {
            deployment.countError()
            return .failure(.image(index: index, error))
        }
    }
}
