internal import Encoders
internal import ImagePreprocessing
internal import MatrixKernels

/// All that happens between a picture's bytes and its vector.
struct PictureRoad {
    /// Milliseconds a picture.
    struct Times {
        var decoding = 0.0, fitting = 0.0, encoding = 0.0
    }

    let batch: Int
    private let preprocessor: ImagePreprocessor
    private let encoder: any ImageEncoder

    init(_ layout: ModelLayout, _ engine: MatrixEngine, _ precision: Precision, batch: Int) throws {
        guard let side = layout.image else { throw EncoderLoadingError.noImageSide(folder: layout.folder) }
        self.batch = batch
        preprocessor = try ImagePreprocessor(configuration: side.preprocessing)
        encoder = try layout.makeImageEncoder(engine, precision)
    }

    /// The vectors of all pictures.
    func vectors(_ pictures: PictureSet) throws -> [[Float]] {
        try batches(pictures).flatMap { batch in
            try encoder.encode(try batch.map { try preprocessor.tensor(decoding: $0) })
        }
    }

    /// Goes the road twice and measures the second time.
    func measure(_ pictures: PictureSet) throws -> Times {
        let clock = ContinuousClock()
        var total = (decoding: Duration.zero, fitting: Duration.zero, encoding: Duration.zero)
        for round in 0..<2 {
            for batch in batches(pictures) {
                var tensors: [[Float]] = [], decoded: [RGBImage] = []
                let decoding = try clock.measure { decoded = try batch.map { try preprocessor.decoder.decode($0) } }
                let fitting = clock.measure { tensors = decoded.map { preprocessor.normalized(preprocessor.fitted($0)) } }
                let encoding = try clock.measure { _ = try encoder.encode(tensors) }
                guard round > 0 else { continue }
                total = (total.decoding + decoding, total.fitting + fitting, total.encoding + encoding)
            }
        }
        func each(_ duration: Duration) -> Double { duration / .milliseconds(1) / Double(pictures.contents.count) }
        return Times(decoding: each(total.decoding), fitting: each(total.fitting), encoding: each(total.encoding))
    }

    private func batches(_ pictures: PictureSet) -> [ArraySlice<[UInt8]>] {
        let count = pictures.contents.count
        return stride(from: 0, to: count, by: batch).map { pictures.contents[$0..<min($0 + batch, count)] }
    }
}
