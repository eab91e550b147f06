import time,pytest
from io import StringIO
from django.core.management import call_command
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("n",[2000,100000])
def test_perf(n):
    o=StringIO(); t=time.time(); call_command("generar_padron",personas=n,stdout=o); print(o.getvalue(), time.time()-t)
