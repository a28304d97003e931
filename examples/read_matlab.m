% SPDX-License-Identifier: Apache-2.0
% octave examples/read_matlab.m out/quickstart/shard-00000-of-00001.h5
% Octave's load knows no attributes. In MATLAB the measured signal, in m/s2, is
%   accel = double(h5read(file, '/imu/accel')) * h5readatt(file, '/imu/accel', 'scale_factor');
file = argv(){1};
shard = load('-hdf5', file);  % every group a struct; a column per sample
accel = double(shard.truth.clean_accel);  % m/s2; counts are shard.imu.accel
printf('%d samples of %d recordings, ', size(accel, 2), numel(shard.sequences.class_id))
printf('median specific force %.2f m/s2\n', median(sqrt(sum(accel .^ 2))))
