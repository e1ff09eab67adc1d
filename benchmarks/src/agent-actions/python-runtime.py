# The Lambda runtime loop for Python, as small as the one for Node: loads the handler, then asks for events and answers them.
import http.client
import importlib.util
import json
import os

host = os.environ['AWS_LAMBDA_RUNTIME_API']
path = os.path.join(os.environ['LAMBDA_TASK_ROOT'], os.environ['_HANDLER'].split('.')[0] + '.py')
spec = importlib.util.spec_from_file_location('function', path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
connection = http.client.HTTPConnection(host)

def call(method, where, body=None):
    connection.request(method, '/2018-06-01/runtime' + where, body)
    response = connection.getresponse()
    return response, response.read()

while True:
    response, event = call('GET', '/invocation/next')
    request_id = response.headers['lambda-runtime-aws-request-id']
    result = module.handler(json.loads(event), None)
    call('POST', '/invocation/' + request_id + '/response', json.dumps(result))
